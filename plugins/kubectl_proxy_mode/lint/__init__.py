"""The rules of `kubectl proxy-mode lint`: one a file."""
