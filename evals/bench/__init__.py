"""The product beside what a user would pick instead: one run, one machine, the same data."""
