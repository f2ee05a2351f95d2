"""Tests of kubectl proxy-mode."""
