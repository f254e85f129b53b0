"""Why no schedule exists, what to change, and how to change little."""
