"""Starts `kubectl proxy-mode`."""

from typing import NoReturn

from kubectl_fieldkit.entry import main as run_plugin
from kubectl_proxy_mode.cli import VERBS


def main() -> NoReturn:
    """The executable's entry point."""
    run_plugin("proxy-mode", VERBS)


if __name__ == "__main__":
    main()
