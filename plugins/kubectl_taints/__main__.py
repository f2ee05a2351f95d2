"""Starts `kubectl taints`."""

from typing import NoReturn

from kubectl_fieldkit.entry import main as run_plugin


def main() -> NoReturn:
    """The executable's entry point."""
    from kubectl_taints.cli import run, verbs

    run_plugin("taints", verbs, run)


if __name__ == "__main__":
    main()
