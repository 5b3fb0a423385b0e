error: line 2: Syntax error - can't find = in "c". Must be of the form: name=value. Put quotes around a value with blanks in it.
