error: line 1: File with no instructions. Start with a FROM line.
