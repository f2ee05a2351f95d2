"""Who carries service traffic on a node, one system a file."""
