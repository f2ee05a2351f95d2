"""The levels of the Pod Security Standards and their versions.

Mirrors k8s.io/pod-security-admission/api/helpers.go.
"""

import sys
from enum import StrEnum

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError


class Level(StrEnum):
    """How much a pod may do, from everything to the least."""

    PRIVILEGED = "privileged"
    BASELINE = "baseline"
    RESTRICTED = "restricted"

    @property
    def strictness(self) -> int:
        """Levels compare by this, never by name (CompareLevels)."""
        return _STRICTNESS[self]


_STRICTNESS = {level: rank for rank, level in enumerate(Level)}


class Version(Struct, frozen=True, order=True):
    """The minor release whose standards count; `min()` of two is what an older server makes of it."""

    minor: int

    def __str__(self) -> str:
        return "latest" if self == LATEST else f"v1.{self.minor}"


LATEST = Version(sys.maxsize + 1)  # newer than every other, as upstream's Older has it


class LevelVersion(Struct, frozen=True):
    """A level as one version of the standards defines it."""

    level: Level
    version: Version = LATEST

    def __str__(self) -> str:
        return f"{self.level}:{self.version}"

    @classmethod
    def parse(cls, text: str) -> "LevelVersion":
        """LEVEL[:VERSION], as a command line says it; UsageError in upstream's words."""
        level, colon, version = text.partition(":")
        try:
            return cls(parse_level(level), parse_version(version) if colon else LATEST)
        except ValueError as err:
            raise UsageError(f'"{text}" is no LEVEL[:VERSION]', str(err)) from err


def parse_level(text: str) -> Level:
    """The level of a label's value. Raises ValueError in the words of upstream's ParseLevel."""
    try:
        return Level(text)
    except ValueError:
        raise ValueError(f"must be one of {', '.join(Level)}") from None


def parse_version(text: str) -> Version:
    """`latest` or `v1.N`. Raises ValueError in the words of upstream's ParseVersion."""
    if text == "latest":
        return LATEST
    digits = text.removeprefix("v1.")
    is_number = digits.isascii() and digits.isdigit() and str(int(digits[:20])) == digits
    if digits == text or not is_number or int(digits) > sys.maxsize:
        raise ValueError('must be "latest" or "v1.x"')
    return Version(int(digits))
