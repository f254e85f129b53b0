"""The story: read, solve, check, write."""
