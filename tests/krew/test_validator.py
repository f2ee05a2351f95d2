"""The restated validation refuses what krew's refuses."""

from pathlib import Path

import pytest

from freeze.krew import manifest
from freeze.platforms import RELEASED
from freeze.plugins import Plugin
from freeze.unpack import NotPacked, unpack
from tests.krew.validator import faults

GOOD = manifest(Plugin("why-pending"), "1.2.3", dict.fromkeys(RELEASED, "0a" * 32))
BAD = {
    "sha256": ("0a" * 32, "0A" * 32),
    "version": ("version: v1.2.3", "version: 1.2.3"),
    "bin": ("bin: kubectl-why_pending.exe", "bin: ../kubectl-why_pending.exe"),
    "name": ("name: why-pending", "name: why.pending"),
    "file name": ("name: why-pending", "name: why-pends"),
    "selectors overlap": ("        arch: arm64\n", ""),
    "a selector that matches nothing": ("os: windows", "os: plan9"),
    "files": ("    bin: kubectl-why_pending\n", "    bin: b\n    files: [{from: '*', to: ./x}]\n"),
    "empty files": ("    bin: kubectl-why_pending\n", "    bin: b\n    files: []\n"),
    "shortDescription": ('shortDescription: "', 'shortDescription: "' + "x" * 50),
    "a line of more than 80 columns": ("Judges a", "Judges a" + " very" * 12),
}


def test_a_rendered_manifest_has_no_fault(tmp_path: Path) -> None:
    """What the release writes passes."""
    file = tmp_path / "why-pending.yaml"
    file.write_text(GOOD)
    assert faults(file) == []


@pytest.mark.parametrize("fault", BAD)
def test_one_fault_is_found(tmp_path: Path, fault: str) -> None:
    """Each rule refuses a manifest that breaks it."""
    right, wrong = BAD[fault]
    assert right in GOOD
    file = tmp_path / "why-pending.yaml"
    file.write_text(GOOD.replace(right, wrong))
    assert fault in faults(file)


def test_a_link_is_no_manifest(tmp_path: Path) -> None:
    """krew's index lists regular files only."""
    (tmp_path / "elsewhere").write_text(GOOD)
    file = tmp_path / "why-pending.yaml"
    file.symlink_to("elsewhere")
    assert faults(file) == ["no regular file"]


@pytest.mark.parametrize("content", [b"#!/bin/sh\n", b""])
def test_only_archives_are_unpacked(tmp_path: Path, content: bytes) -> None:
    """krew goes by the content, not by the name."""
    file = tmp_path / "kubectl-x.tar.gz"
    file.write_bytes(content)
    with pytest.raises(NotPacked, match="neither"):
        unpack(file, tmp_path / "x")


def test_a_symlink_is_not_unpacked(tmp_path: Path) -> None:
    """krew refuses archives with links, and with names that lead out."""
    import tarfile

    (tmp_path / "link").symlink_to("elsewhere")
    for name, words in {"link": "no regular file", "../x": "leads out"}.items():
        archive = tmp_path / "x.tar.gz"
        with tarfile.open(archive, "w:gz") as opened:
            opened.add(tmp_path / "link", arcname=name)
        with pytest.raises(NotPacked, match=words):
            unpack(archive, tmp_path / "x")
