"""Files in: the program file, tables beside it, an existing schedule. Every problem is reported at once, with place and remedy."""
