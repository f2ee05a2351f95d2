"""The labels of a namespace that Pod Security reads (api/constants.go)."""

from typing import Literal

Mode = Literal["enforce", "audit", "warn"]

PREFIX = "pod-security.kubernetes.io/"
MODES: tuple[Mode, ...] = ("enforce", "audit", "warn")
KEYS = frozenset(f"{PREFIX}{mode}{part}" for mode in MODES for part in ("", "-version"))


def level_label(mode: Mode) -> str:
    """The label with a mode's level."""
    return f"{PREFIX}{mode}"


def version_label(mode: Mode) -> str:
    """The label with a mode's version."""
    return f"{PREFIX}{mode}-version"
