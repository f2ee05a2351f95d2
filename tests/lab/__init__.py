"""The lab: a real Kubernetes, built from its Go modules and run on this machine."""
