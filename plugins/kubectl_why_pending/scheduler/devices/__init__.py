"""Devices: which ones a node can reach, and whether they are enough for what a pod's claims ask for."""
