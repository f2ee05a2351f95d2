"""Tests of the picker: its pure rooms, and the whole of it in a real terminal."""
