"""The rules of `kubectl psa-audit lint`: one a file."""
