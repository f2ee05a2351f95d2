"""Starts `kubectl why-pending`."""

from typing import NoReturn

from kubectl_fieldkit.entry import main as run_plugin
from kubectl_why_pending.cli import VERBS


def main() -> NoReturn:
    """The executable's entry point."""
    run_plugin("why-pending", VERBS)


if __name__ == "__main__":
    main()
