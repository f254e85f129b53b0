"""Every example is read, solved, checked, and asked about the facts it is there to show."""
