"""Starts `kubectl neat`."""

from typing import NoReturn

from kubectl_fieldkit.entry import main as run_plugin
from kubectl_neat.cli import VERBS


def main() -> NoReturn:
    """The executable's entry point."""
    run_plugin("neat", VERBS)


if __name__ == "__main__":
    main()
