"""Tests on the frozen binaries, as a user installs and runs them."""
