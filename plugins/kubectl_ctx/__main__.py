"""Starts `kubectl ctx`."""

from typing import NoReturn

from kubectl_ctx.cli import VERBS
from kubectl_fieldkit.entry import main as run_plugin


def main() -> NoReturn:
    """The executable's entry point."""
    run_plugin("ctx", VERBS)


if __name__ == "__main__":
    main()
