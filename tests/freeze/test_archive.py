"""What is in a binary and in its archive."""

import hashlib
import stat
import subprocess
import tarfile
import zipfile
from pathlib import Path

from freeze.archive import pack, write_checksums
from freeze.binary import freeze
from freeze.platforms import Platform, this_platform
from freeze.plugins import ROOT, Plugin, version
from freeze.unpack import unpack
from tests.freeze.built import Binaries

TAINTS = Plugin("taints")


def test_krew_finds_two_regular_files(binaries: Binaries) -> None:
    """The archive holds the binary and the licence: no folders, no links, nobody's in particular."""
    with tarfile.open(binaries.archive(TAINTS)) as archive:
        members = archive.getmembers()
        facts = [(m.name, m.type, oct(m.mode), m.uid, m.gid, m.uname, m.gname) for m in members]
        licence = archive.extractfile("LICENSE")
        assert licence is not None
        assert licence.read() == (ROOT / "LICENSE").read_bytes()
    assert facts == [
        ("kubectl-taints", tarfile.REGTYPE, "0o755", 0, 0, "", ""),
        ("LICENSE", tarfile.REGTYPE, "0o644", 0, 0, "", ""),
    ]
    here = this_platform()
    assert binaries.archive(TAINTS).name == (
        f"kubectl-taints_v{version()}_{here.os}_{here.arch}.tar.gz"
    )


def test_the_same_tree_gives_the_same_bytes(binaries: Binaries, tmp_path: Path) -> None:
    """A second build, in another folder, is equal to the first, and so is its archive."""
    again = freeze(TAINTS, tmp_path)
    assert again.read_bytes() == binaries.binary(TAINTS).read_bytes()
    packed = pack(TAINTS, again, version(), this_platform(), tmp_path)
    assert packed.read_bytes() == binaries.archive(TAINTS).read_bytes()


def test_windows_gets_a_zip(tmp_path: Path) -> None:
    """The same two files, the binary with .exe, and the same bytes at each time."""
    plugin, windows = Plugin("why-pending"), Platform("windows", "amd64")
    binary = tmp_path / "anything.exe"
    binary.write_bytes(b"MZ")
    archive = pack(plugin, binary, "1.2.3", windows, tmp_path)
    first = archive.read_bytes()
    binary.touch()
    assert pack(plugin, binary, "1.2.3", windows, tmp_path).read_bytes() == first
    assert archive.name == "kubectl-why-pending_v1.2.3_windows_amd64.zip"
    with zipfile.ZipFile(archive) as opened:
        modes = {it.filename: stat.filemode(it.external_attr >> 16) for it in opened.infolist()}
    assert modes == {"kubectl-why_pending.exe": "-rwxr-xr-x", "LICENSE": "-rw-r--r--"}
    unpack(archive, tmp_path / "unpacked")
    assert (tmp_path / "unpacked" / "kubectl-why_pending.exe").read_bytes() == b"MZ"


def test_checksums_are_for_sha256sum(binaries: Binaries) -> None:
    """SHA256SUMS lists the archive in the form that `sha256sum --check` takes."""
    archive = binaries.archive(TAINTS)
    sums = archive.with_name("SHA256SUMS")
    write_checksums([archive], sums)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert sums.read_text() == f"{digest}  {archive.name}\n"
    check = ["sha256sum", "--check", "--status", sums.name]
    assert subprocess.run(check, cwd=sums.parent, check=False).returncode == 0


def test_a_dash_is_an_underscore_in_a_file_name() -> None:
    """`kubectl why-pending` runs `kubectl-why_pending`."""
    plugin = Plugin("why-pending")
    assert (plugin.package, plugin.binary) == ("kubectl_why_pending", "kubectl-why_pending")
