"""Starts `kubectl taints`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from kubectl_fieldkit.entry import main as run_plugin

if TYPE_CHECKING:
    import click


def main() -> NoReturn:
    """The executable's entry point."""
    run_plugin("taints", _verbs, _run)


def _verbs() -> Mapping[str, "click.Command"]:
    from kubectl_taints.cli import verbs

    return verbs()


def _run(request: object) -> int:
    from kubectl_taints.cli import run

    return run(request)


if __name__ == "__main__":
    main()
