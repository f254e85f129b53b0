"""Judge any schedule, whoever made it, in plain Python. Knows no solver and is handed its rules."""
