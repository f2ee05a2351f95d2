"""A release is laid out as krew takes it, or refused with every reason."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from freeze.archive import pack, sha256
from freeze.krew import HOMEPAGE, MANIFESTS, texts
from freeze.platforms import RELEASED, Platform
from freeze.plugins import ROOT, Plugin, plugins, version
from freeze.release import CHANGELOG, Refused, release, wrong_versions
from freeze.unpack import unpack
from tests.krew.validator import faults, is_installed

TAG = f"v{version()}"
NAMES = sorted(plugin.name for plugin in plugins())


def test_there_are_seven_plugins() -> None:
    """The plugins of pyproject.toml are the ones that the README names, and each has its texts."""
    assert NAMES == ["ctx", "neat", "ns", "proxy-mode", "psa-audit", "taints", "why-pending"]
    assert sorted(texts()) == NAMES


def test_krew_takes_every_manifest(collected: Path, manifests: Path, changelog: Path) -> None:
    """The index and the repository hold the same seven manifests, in which krew finds no fault."""
    release(TAG, collected, manifests, changelog)
    index = collected / "index" / "plugins"
    for folder in (index, manifests):
        assert sorted(it.stem for it in folder.iterdir()) == NAMES
        assert {it.name: faults(it) for it in folder.iterdir() if faults(it)} == {}
    assert [it.read_text() for it in sorted(index.iterdir())] == [
        it.read_text() for it in sorted(manifests.iterdir())
    ]


def test_each_platform_is_its_archive(
    collected: Path, manifests: Path, changelog: Path, tmp_path: Path
) -> None:
    """Address, checksum and entry point are those of an archive that krew can unpack."""
    release(TAG, collected, manifests, changelog)
    for manifest in manifests.iterdir():
        spec = yaml.safe_load(manifest.read_text())["spec"]
        found = [Platform(**it["selector"]["matchLabels"]) for it in spec["platforms"]]
        assert found == list(RELEASED)
        for platform in spec["platforms"]:
            address, _, name = platform["uri"].rpartition("/")
            assert address == f"{HOMEPAGE}/releases/download/{TAG}"
            assert sha256(collected / name) == platform["sha256"]
            unpack(collected / name, tmp_path / name)
            assert is_installed(tmp_path / name, platform["bin"]) == []


def test_the_checksums_are_of_every_archive(
    collected: Path, manifests: Path, changelog: Path
) -> None:
    """SHA256SUMS covers five platforms' archives of all plugins."""
    release(TAG, collected, manifests, changelog)
    check = ["sha256sum", "--check", "--status", "SHA256SUMS"]
    assert subprocess.run(check, cwd=collected, check=False).returncode == 0
    lines = (collected / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == len(RELEASED) * len(NAMES)


def _refusal(folder: Path, manifests: Path, changelog: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        release(TAG, folder, manifests, changelog)
    assert list(manifests.iterdir()) == []
    assert not (folder / "index").exists()
    return str(refused.value).splitlines()


def test_a_gap_is_refused(collected: Path, manifests: Path, changelog: Path) -> None:
    """Every archive that is missing is named, and so is every one too many."""
    gap = Plugin("ns").archive(version(), Platform("darwin", "arm64"))
    foreign = Plugin("ns").archive("0.0.1", Platform("darwin", "arm64"))
    (collected / gap).rename(collected / foreign)
    reasons = _refusal(collected, manifests, changelog)
    assert reasons == [f'no archive "{gap}"', f'unexpected archive "{foreign}"']


def test_an_archive_under_a_foreign_name_is_refused(
    collected: Path, manifests: Path, changelog: Path
) -> None:
    """The binary inside must be the plugin's, with .exe for Windows."""
    windows, linux = Platform("windows", "amd64"), Platform("linux", "amd64")
    ctx, ns = (Plugin(name).archive(version(), windows) for name in ("ctx", "ns"))
    (collected / ns).unlink()
    (collected / ctx).rename(collected / ns)
    shutil.copy(collected / Plugin("ctx").archive(version(), linux), collected / ctx)
    assert _refusal(collected, manifests, changelog) == [
        f'"{ctx}" holds kubectl-ctx, LICENSE, not kubectl-ctx.exe and LICENSE',
        f'"{ns}" holds kubectl-ctx.exe, LICENSE, not kubectl-ns.exe and LICENSE',
    ]


def test_what_is_no_binary_of_ours_is_refused(
    collected: Path, manifests: Path, changelog: Path, tmp_path: Path
) -> None:
    """A Linux archive is opened down to the members of its binary, for the glibc that they need."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    linux = Platform("linux", "arm64")
    strange = pack(Plugin("ns"), ROOT / "LICENSE", version(), linux, elsewhere)
    strange.replace(collected / strange.name)
    assert _refusal(collected, manifests, changelog) == [
        f'"{strange.name}" holds a kubectl-ns that PyInstaller did not make'
    ]


def test_a_release_is_one_version() -> None:
    """The tag, pyproject.toml and the newest heading of the changelog must agree."""
    ours = f"## [{version()}] - 2026-12-01\n\n- All.\n"
    assert wrong_versions(TAG, f"# Changelog\n\n## [Unreleased]\n\n{ours}") == []
    assert wrong_versions(TAG, f"# Changelog\n\n{ours}\n## [0.0.1] - 2026-01-01\n") == []
    assert wrong_versions("v9.9.9", ours) == [
        f'the tag is "v9.9.9", and the version in pyproject.toml "{version()}"',
        f'the tag is "v9.9.9", and the newest version in CHANGELOG.md "{version()}"',
    ]
    assert wrong_versions(TAG, f"## [9.9.9] - 2027-01-01\n\n{ours}") == [
        f'the tag is "{TAG}", and the newest version in CHANGELOG.md "9.9.9"'
    ]
    assert wrong_versions(TAG, f"## [Unreleased]\n\n- More.\n\n{ours}") == [
        "CHANGELOG.md has changes under [Unreleased]"
    ]


def test_the_command_says_why_there_is_no_release(tmp_path: Path) -> None:
    """`python -m freeze.release` ends with 1 and a line for each reason, with 2 for a wrong line."""
    command = [sys.executable, "-m", "freeze.release"]
    done = subprocess.run(
        [*command, "v9.9.9", tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    reasons = done.stderr.splitlines()
    assert reasons[0].startswith('error: the tag is "v9.9.9"')
    assert len([it for it in reasons if it.startswith("error: no archive")]) == 5 * len(NAMES)
    wrong = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stderr) == (2, "usage: ./build.sh release vX.Y.Z DIR\n")


def test_the_repository_tells_of_the_newest_release() -> None:
    """Before the first release there is no manifest; afterwards there are seven, of its version."""
    there = sorted(MANIFESTS.glob("*.yaml"))
    newest = [
        line.split("[")[1].split("]")[0]
        for line in CHANGELOG.read_text().splitlines()
        if line.startswith("## [")
    ]
    releases = [f"v{heading}" for heading in newest if heading != "Unreleased"]
    assert [it.stem for it in there] == (NAMES if releases else [])
    assert {yaml.safe_load(it.read_text())["spec"]["version"] for it in there} <= set(releases[:1])
    assert {it.name: faults(it) for it in there if faults(it)} == {}
