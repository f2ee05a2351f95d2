"""Where things stand in a kubeconfig's text: its first document as a tree of nodes with their places."""
