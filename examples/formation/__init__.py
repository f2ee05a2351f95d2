"""The embedded cluster: the scenes of a Kubernetes operations course, recorded from a real one."""
