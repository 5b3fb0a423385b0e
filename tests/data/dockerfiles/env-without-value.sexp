error: line 2: ENV must have two arguments, a name and a value. Write ENV name=value.
