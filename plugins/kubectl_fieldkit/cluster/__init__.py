"""The only door to an API server: transport, typed reads, the words of each failure."""
