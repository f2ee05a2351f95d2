"""Kubernetes objects as far as the scheduler reads them; what is not named here cannot decide."""
