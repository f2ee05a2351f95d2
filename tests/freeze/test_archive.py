"""What is in a binary and in its archive."""

import hashlib
import subprocess
import tarfile
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader

from freeze.archive import pack, write_checksums
from freeze.binary import ROOT, Plugin, freeze
from kubectl_fieldkit import __version__
from tests.freeze.conftest import Binaries


def test_krew_finds_two_regular_files(binaries: Binaries) -> None:
    """The archive holds the binary and the licence: no folders, no links, nobody's in particular."""
    with tarfile.open(binaries.archive) as archive:
        members = archive.getmembers()
        facts = [(m.name, m.type, oct(m.mode), m.uid, m.gid, m.uname, m.gname) for m in members]
        licence = archive.extractfile("LICENSE")
        assert licence is not None
        assert licence.read() == (ROOT / "LICENSE").read_bytes()
    assert facts == [
        ("kubectl-taints", tarfile.REGTYPE, "0o755", 0, 0, "", ""),
        ("LICENSE", tarfile.REGTYPE, "0o644", 0, 0, "", ""),
    ]
    assert binaries.archive.name == f"kubectl-taints_v{__version__}_linux_amd64.tar.gz"


def test_the_same_tree_gives_the_same_bytes(binaries: Binaries, tmp_path: Path) -> None:
    """A second build, in another folder, is equal to the first, and so is its archive."""
    again = freeze(Plugin("taints"), tmp_path)
    assert again.read_bytes() == binaries.binary.read_bytes()
    assert pack(again, __version__).read_bytes() == binaries.archive.read_bytes()


def test_checksums_are_for_sha256sum(binaries: Binaries) -> None:
    """SHA256SUMS lists the archive in the form that `sha256sum --check` takes."""
    sums = binaries.archive.with_name("SHA256SUMS")
    write_checksums([binaries.archive], sums)
    digest = hashlib.sha256(binaries.archive.read_bytes()).hexdigest()
    assert sums.read_text() == f"{digest}  {binaries.archive.name}\n"
    check = ["sha256sum", "--check", "--status", sums.name]
    assert subprocess.run(check, cwd=sums.parent, check=False).returncode == 0


def test_the_binary_holds_what_the_plugin_imports_and_no_more(binaries: Binaries) -> None:
    """Libraries that are imported late are in it; the Kubernetes client, which nothing imports, is not."""
    modules = set(CArchiveReader(str(binaries.binary)).open_embedded_archive("PYZ.pyz").toc)
    late = {"python_socks.sync", "tabulate", "urllib3.util.ssltransport", "yaml.cyaml"}
    assert late <= modules
    unwanted = {"kubernetes", "pydantic", "ctypes", "tkinter", "pip", "pytest", "requests"}
    assert {name.partition(".")[0] for name in modules} & unwanted == set()


def test_members_are_stored_as_they_are(binaries: Binaries) -> None:
    """Nothing is compressed: unpacking zlib streams takes longer than starting Python."""
    members = CArchiveReader(str(binaries.binary)).toc.values()
    assert {compressed for _, _, _, compressed, _ in members} == {0}


def test_a_dash_is_an_underscore_in_a_file_name() -> None:
    """`kubectl why-pending` runs `kubectl-why_pending`."""
    plugin = Plugin("why-pending")
    assert (plugin.package, plugin.binary) == ("kubectl_why_pending", "kubectl-why_pending")
