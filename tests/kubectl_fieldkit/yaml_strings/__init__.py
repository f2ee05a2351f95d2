"""Strings and trees that YAML readers disagree on: `*.jsonl`, and beside each how we write it."""
