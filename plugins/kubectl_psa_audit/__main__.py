"""Starts `kubectl psa-audit`."""

from typing import NoReturn

from kubectl_fieldkit.entry import main as run_plugin
from kubectl_psa_audit.cli import VERBS


def main() -> NoReturn:
    """The executable's entry point."""
    run_plugin("psa-audit", VERBS)


if __name__ == "__main__":
    main()
