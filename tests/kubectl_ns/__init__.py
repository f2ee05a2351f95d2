"""Tests of `kubectl ns`."""
