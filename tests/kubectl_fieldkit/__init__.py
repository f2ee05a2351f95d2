"""Tests of kubectl_fieldkit."""
