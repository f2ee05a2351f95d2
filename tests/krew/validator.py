"""What krew refuses in a manifest: its validation (pkg/index/validation, cmd/validate-krew-manifest), restated."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

NAME = re.compile(r"^[\w-]+$", re.ASCII)
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
SHA256 = re.compile(r"^[a-f0-9]{64}$")
SEMVER = re.compile(r"^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$")
LICENSES = re.compile(r"^(license(\.txt|\.md)?|licenses.*|copying(\.txt)?)$", re.IGNORECASE)
PLATFORMS = [
    *(("windows", arch) for arch in ("386", "amd64", "arm64")),
    *(("linux", arch) for arch in ("386", "amd64", "arm", "arm64", "ppc64le")),
    *(("darwin", arch) for arch in ("386", "amd64", "arm64")),
]


def faults(file: Path) -> list[str]:
    """Everything that krew, or the check of its index, would refuse in a manifest."""
    document = yaml.safe_load(file.read_text())
    return [*_of_names(file, document), *_of_texts(document["spec"]), *_of_platforms(document)]


def _of_names(file: Path, document: Mapping[str, Any]) -> Iterator[str]:
    name = document["metadata"]["name"]
    if document["apiVersion"] != "krew.googlecontainertools.github.com/v1alpha2":
        yield "apiVersion"
    if document["kind"] != "Plugin":
        yield "kind"
    if not NAME.match(name) or RESERVED.match(name):
        yield "name"
    if file.name != f"{name}.yaml":
        yield "file name"
    if not file.is_file() or file.is_symlink():
        yield "no regular file"


def _of_texts(spec: Mapping[str, Any]) -> Iterator[str]:
    if not SEMVER.match(spec["version"]):
        yield "version"
    short = spec["shortDescription"]
    if not short or "\n" in short or len(short) > 50:
        yield "shortDescription"
    lines = f"{spec['description']}\n{spec.get('caveats', '')}".splitlines()
    if any(len(line) > 80 for line in lines):
        yield "a line of more than 80 columns"


def _of_platforms(document: Mapping[str, Any]) -> Iterator[str]:
    platforms = document["spec"]["platforms"]
    if not platforms:
        yield "no platforms"
    for platform in platforms:
        yield from _of_platform(platform)
    for one, other in combinations(platforms, 2):
        if _matching(one) & _matching(other):
            yield "selectors overlap"


def _of_platform(platform: Mapping[str, Any]) -> Iterator[str]:
    if not SHA256.match(platform["sha256"]):
        yield "sha256"
    if not platform["uri"]:
        yield "uri"
    if not _matching(platform):
        yield "a selector that matches nothing"
    if "files" in platform and not platform["files"]:
        yield "empty files"
    for operation in platform.get("files", []):
        if not operation["from"] or operation["to"] != str(PurePosixPath(operation["to"])):
            yield "files"
    if not _is_inside(platform["bin"]):
        yield "bin"


def _matching(platform: Mapping[str, Any]) -> set[tuple[str, str]]:
    labels = platform["selector"]["matchLabels"]
    if not labels or set(labels) - {"os", "arch"}:
        return set()
    return {
        (system, arch)
        for system, arch in PLATFORMS
        if labels.get("os", system) == system and labels.get("arch", arch) == arch
    }


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts


def is_installed(folder: Path, binary: str) -> list[str]:
    """What krew misses in a folder that an archive was unpacked to."""
    missing = []
    if not (folder / binary).is_file():
        missing.append("bin")
    if not any(LICENSES.match(it.name) and it.is_file() for it in folder.iterdir()):
        missing.append("licence")
    if any(it.is_symlink() for it in folder.rglob("*")):
        missing.append("no symlinks")
    return missing
