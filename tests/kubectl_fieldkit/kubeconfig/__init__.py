"""Tests of the kubeconfig room."""
