error: line 1: Invalid escape token "x": it does not match ` or \. Write "# escape=`", or remove the directive.
