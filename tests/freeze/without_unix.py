"""Runs a plugin where the modules and names that only Unix has are away: `without_unix.py WHAT PLUGIN …`.

This is no Windows: paths, files, terminals and processes are still Unix's. What it shows is that
nothing on the way needs what Windows' Python does not have.
"""

import importlib
import json
import runpy
import selectors
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Sequence

READY = (selectors, ssl, subprocess, tempfile)  # they found out on which system they are


class Absent:
    """A finder that finds these modules nowhere."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = modules

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuses a module that is away, and leaves all others to the next finder."""
        if name in self._modules:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)


def take_away(modules: Sequence[str], names: dict[str, list[str]]) -> None:
    """Whoever asks for them from now on gets what Windows answers."""
    for module in modules:
        sys.modules.pop(module, None)
    sys.meta_path.insert(0, Absent(modules))
    for module, absent in names.items():
        there = importlib.import_module(module)
        for name in absent:
            vars(there).pop(name, None)


def main() -> None:
    """Runs the plugin as its program does."""
    what, package, *argv = sys.argv[1:]
    take_away(**json.loads(what))
    sys.argv = [package.replace("kubectl_", "kubectl-", 1), *argv]
    runpy.run_module(package, run_name="__main__", alter_sys=False)


if __name__ == "__main__":
    main()
