"""Where a kubeconfig is found, what its files say together, and which credentials it leads to."""
