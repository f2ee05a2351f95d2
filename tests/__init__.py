"""fieldkit's tests: they mirror plugins/."""
