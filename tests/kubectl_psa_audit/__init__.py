"""Tests of kubectl psa-audit."""
