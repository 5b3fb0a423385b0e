error: line 2: When using JSON array syntax, arrays must be comprised of strings only. Put each item in double quotes, or write the command without brackets.
