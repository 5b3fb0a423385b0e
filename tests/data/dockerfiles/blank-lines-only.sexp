error: line 4: File with no instructions. Start with a FROM line.
