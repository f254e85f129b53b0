"""Tests of reading: programs, tables, and everything that can be wrong with them."""
