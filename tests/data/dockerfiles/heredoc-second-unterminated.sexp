error: line 2: Unterminated heredoc: no row says "B". End it with a row that holds nothing but B.
