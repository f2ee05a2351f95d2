"""`kubectl ctx lint`: one rule a file, listed in `rules`; a rule reads nothing and prints nothing."""
