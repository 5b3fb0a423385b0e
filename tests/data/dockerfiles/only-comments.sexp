error: line 2: File with no instructions. Start with a FROM line.
