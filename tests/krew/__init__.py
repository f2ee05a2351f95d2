"""Tests on a release, as krew validates and installs it."""
