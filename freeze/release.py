"""`python -m freeze.release vX.Y.Z DIR`: manifests and a krew index from five platforms' archives."""

import os
import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PyInstaller.archive.readers import ArchiveReadError

from freeze.archive import sha256, write_checksums
from freeze.contained import glibc_floor
from freeze.krew import MANIFESTS, manifest
from freeze.platforms import RELEASED
from freeze.plugins import ROOT, Plugin, plugins, version
from freeze.unpack import NotPacked, unpack

CHANGELOG = ROOT / "CHANGELOG.md"
USAGE = "usage: ./build.sh release vX.Y.Z DIR\n"


class Refused(Exception):
    """What is no release: each line is one reason."""


def main(arguments: list[str]) -> int:
    """Lays out the release; exit 1 with every reason where there is none, 2 for a wrong command line."""
    if len(arguments) != 2:
        sys.stderr.write(USAGE)
        return 2
    tag, folder = arguments[0], Path(arguments[1])
    try:
        release(tag, folder)
    except Refused as err:
        sys.stderr.writelines(f"error: {reason}\n" for reason in str(err).splitlines())
        return 1
    sys.stdout.write(f"{tag}: {len(plugins())} manifests in {MANIFESTS} and {folder / 'index'}\n")
    return 0


def release(
    tag: str, folder: Path, manifests: Path = MANIFESTS, changelog: Path = CHANGELOG
) -> None:
    """Writes manifests, the index `index/plugins` and SHA256SUMS; nothing where anything is amiss."""
    if reasons := [*wrong_versions(tag, changelog.read_text()), *_amiss(folder)]:
        raise Refused("\n".join(reasons))
    index = folder / "index" / "plugins"
    shutil.rmtree(index, ignore_errors=True)
    index.mkdir(parents=True)
    for plugin in plugins():
        checksums = {it: sha256(folder / plugin.archive(version(), it)) for it in RELEASED}
        text = manifest(plugin, version(), checksums)
        for place in (index, manifests):
            (place / f"{plugin.name}.yaml").write_text(text)
    write_checksums(_archives(folder), folder / "SHA256SUMS")


def wrong_versions(tag: str, changelog: str) -> list[str]:
    """Which of the project's versions is not the tag's, and what the changelog has not released."""
    reasons = []
    if tag != f"v{version()}":
        reasons.append(f'the tag is "{tag}", and the version in pyproject.toml "{version()}"')
    sections = re.findall(r"^## \[(.+?)\](.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    headings = [heading for heading, _ in sections if heading != "Unreleased"]
    if headings[:1] != [tag.removeprefix("v")]:
        newest = f'"{headings[0]}"' if headings else "none"
        reasons.append(f'the tag is "{tag}", and the newest version in CHANGELOG.md {newest}')
    if any(heading == "Unreleased" and text.strip() for heading, text in sections):
        reasons.append("CHANGELOG.md has changes under [Unreleased]")
    return reasons


def promised_glibc() -> tuple[int, int]:
    """The oldest glibc that the README names."""
    named = re.search(r"glibc (\d+)\.(\d+) or newer", (ROOT / "README.md").read_text())
    if not named:
        raise Refused("README.md does not say which glibc the binaries need")
    return int(named[1]), int(named[2])


def _amiss(folder: Path) -> list[str]:
    """What is missing, what should not be there, and which archive is not what it should be."""
    expected = {
        plugin.archive(version(), platform): plugin for plugin in plugins() for platform in RELEASED
    }
    there = {archive.name for archive in _archives(folder)}
    reasons = [f'no archive "{name}"' for name in expected if name not in there]
    reasons += [f'unexpected archive "{name}"' for name in sorted(there - expected.keys())]
    for name in sorted(there & expected.keys()):
        reasons += _wrong_content(folder / name, expected[name])
    return reasons


def _archives(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("kubectl-*") if file.suffix in {".gz", ".zip"})


def _wrong_content(archive: Path, plugin: Plugin) -> list[str]:
    """Why an archive is none of a plugin's, or needs a newer glibc than the README promises."""
    with TemporaryDirectory(prefix="release-") as scratch:
        try:
            names = unpack(archive, Path(scratch))
        except NotPacked as err:
            return [f'"{archive.name}" {err}']
        binary = plugin.binary + (".exe" if archive.suffix == ".zip" else "")
        if sorted(names) != sorted([binary, "LICENSE"]):
            return [f'"{archive.name}" holds {", ".join(names)}, not {binary} and LICENSE']
        if not os.access(Path(scratch, binary), os.X_OK):
            return [f'"{archive.name}" holds a {binary} that may not be run']
        if "_linux_" in archive.name:
            return _newer_glibc(archive, Path(scratch, binary))
    return []


def _newer_glibc(archive: Path, binary: Path) -> list[str]:
    try:
        floor = glibc_floor(binary)
    except ArchiveReadError:
        return [f'"{archive.name}" holds a {binary.name} that PyInstaller did not make']
    newer = '"{}" needs glibc {}.{}'.format(archive.name, *floor)
    return [newer] if floor > promised_glibc() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
