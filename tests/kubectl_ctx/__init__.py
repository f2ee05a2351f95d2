"""`kubectl ctx`."""
