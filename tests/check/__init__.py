"""The checks of a finished year that stand outside the rules: work hours on each person's timeline."""
