"""Tests of kubectl neat."""
