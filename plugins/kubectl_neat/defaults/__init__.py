"""The API's defaulting backwards: what the server would fill in again is taken away."""

from kubectl_neat.defaults.table import Shape, Table, read_table
from kubectl_neat.defaults.taking import take_defaults

__all__ = ["Shape", "Table", "read_table", "take_defaults"]
