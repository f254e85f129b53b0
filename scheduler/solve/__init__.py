"""The only room that knows OR-Tools, and it imports it late: help and checking start at once."""
