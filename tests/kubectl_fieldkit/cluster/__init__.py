"""Tests of the only door to an API server."""
