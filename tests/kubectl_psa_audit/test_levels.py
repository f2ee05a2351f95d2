"""Levels and versions as labels and command lines spell them (api/helpers.go)."""

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_psa_audit.levels import (
    LATEST,
    Level,
    LevelVersion,
    Version,
    parse_level,
    parse_version,
)


@pytest.mark.parametrize("text", ["privileged", "baseline", "restricted"])
def test_a_level(text: str) -> None:
    """Upstream's three names, and back."""
    assert str(parse_level(text)) == text


@pytest.mark.parametrize("text", ["", "Restricted", "baseline ", "default", "LATEST"])
def test_no_level(text: str) -> None:
    """ParseLevel's own words."""
    with pytest.raises(ValueError) as failure:
        parse_level(text)
    assert str(failure.value) == "must be one of privileged, baseline, restricted"


@pytest.mark.parametrize("text", ["latest", "v1.0", "v1.9", "v1.37", "v1.1000", f"v1.{2**63 - 1}"])
def test_a_version(text: str) -> None:
    """Any minor release, known or not, and back."""
    assert str(parse_version(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "v1", "v1.", "1.30", "v1.05", "v1.-1", "v1.+1", "v1. 1", "v2.0", "v1.30.2", "Latest",
        "v1.1\n", "v1.1_0", "v1.\u0665", "v1.x", f"v1.{2**63}", "v1." + "9" * 5000,
    ],
)  # fmt: skip
def test_no_version(text: str) -> None:
    """ParseVersion's own words; no spelling is forgiven."""
    with pytest.raises(ValueError) as failure:
        parse_version(text)
    assert str(failure.value) == 'must be "latest" or "v1.x"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("restricted", LevelVersion(Level.RESTRICTED, LATEST)),
        ("restricted:latest", LevelVersion(Level.RESTRICTED, LATEST)),
        ("baseline:v1.34", LevelVersion(Level.BASELINE, Version(34))),
        ("privileged:v1.0", LevelVersion(Level.PRIVILEGED, Version(0))),
    ],
)
def test_level_and_version(text: str, expected: LevelVersion) -> None:
    """A level alone means the latest."""
    assert LevelVersion.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("strict", "must be one of privileged, baseline, restricted"),
        (":v1.30", "must be one of privileged, baseline, restricted"),
        ("baseline:", 'must be "latest" or "v1.x"'),
        ("baseline:1.30", 'must be "latest" or "v1.x"'),
        ("baseline:v1.30:v1.31", 'must be "latest" or "v1.x"'),
    ],
)
def test_no_level_and_version(text: str, words: str) -> None:
    """Wrong usage, with upstream's words as the hint."""
    with pytest.raises(UsageError) as failure:
        LevelVersion.parse(text)
    assert str(failure.value) == f'"{text}" is no LEVEL[:VERSION] ({words})'


def test_order() -> None:
    """Versions compare by number and latest is the newest; levels compare by strictness, not by name."""
    assert sorted([LATEST, Version(10), Version(9)]) == [Version(9), Version(10), LATEST]
    assert min(LATEST, Version(34)) == Version(34)
    assert Version(2**63 - 1) < LATEST
    assert sorted(Level, key=lambda level: level.strictness) == [
        Level.PRIVILEGED,
        Level.BASELINE,
        Level.RESTRICTED,
    ]
