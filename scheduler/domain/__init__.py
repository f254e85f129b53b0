"""Facts: what a program is, what a schedule is, what a rule says. Standard library only."""
