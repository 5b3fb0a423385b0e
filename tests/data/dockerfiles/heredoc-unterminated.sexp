error: line 2: Unterminated heredoc: no row says "EOF". End it with a row that holds nothing but EOF.
