"""Which file to run for a program of the lab: our own build, or envtest's where it is named."""

import os
from pathlib import Path

from tests.lab.build import build
from tests.lab.errors import Lacking


def program(name: str) -> Path:
    """The file of a program; `Lacking` where KUBEBUILDER_ASSETS stands in for the build and has no such program."""
    assets = os.environ.get("KUBEBUILDER_ASSETS")
    if not assets:
        return build() / name
    path = Path(assets, name)
    if not path.exists():
        raise Lacking(
            f"KUBEBUILDER_ASSETS has no {name} (unset it and the lab is built from source)"
        )
    return path
