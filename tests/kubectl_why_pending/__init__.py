"""Tests of kubectl why-pending."""
