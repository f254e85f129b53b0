"""Files in: the program file, the tables beside it, an existing schedule. Every problem at once, with its place."""
