"""Starts `kubectl ns`."""

from typing import NoReturn

from kubectl_fieldkit.entry import main as run_plugin
from kubectl_ns.cli import VERBS


def main() -> NoReturn:
    """The executable's entry point."""
    run_plugin("ns", VERBS)


if __name__ == "__main__":
    main()
