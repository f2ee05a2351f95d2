"""Tests of kubectl_taints."""
