"""fieldkit beside kubectl and curl, measured in one run on one machine: `python -m benchmarks`."""
