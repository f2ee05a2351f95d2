"""Where a binary cannot unpack itself, it names the way out."""

import subprocess
from pathlib import Path

import pytest

from freeze.plugins import Plugin
from tests.conftest import lacking_is_a_skip
from tests.freeze.built import Binaries
from tests.lab.errors import Lacking

pytestmark = pytest.mark.root


@pytest.fixture
def outside(binaries: Binaries) -> Path:
    """A binary in a folder that the tests do not hide."""
    with lacking_is_a_skip():
        if _mounted([], "true").returncode:
            raise Lacking("root, for mounts that only one process sees")
    return binaries.binary(Plugin("ns"))


def _mounted(mounts: list[tuple[str, Path]], script: str) -> subprocess.CompletedProcess[str]:
    """Runs a script where folders are mounted with these options, seen by nobody else."""
    lines = [f"mount -t tmpfs -o {options} none {folder}" for options, folder in mounts]
    return subprocess.run(
        ["unshare", "--mount", "sh", "-ec", "\n".join([*lines, script])],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_folder_mounted_noexec(outside: Path, tmp_path: Path) -> None:
    """The system's own words, and TMPDIR; nothing is left there."""
    folder = tmp_path / "noexec"
    folder.mkdir()
    script = f"TMPDIR={folder} {outside} --version || ls -A {folder}"
    done = _mounted([("noexec", folder)], script)
    assert done.stdout == ""
    assert done.stderr.startswith(f"error: {folder}/_MEI")
    assert done.stderr.endswith(
        ": failed to map segment from shared object (noexec? set TMPDIR=FOLDER)\n"
    )


def test_a_full_folder(outside: Path, tmp_path: Path) -> None:
    """What had no room, the system's own words, and TMPDIR."""
    folder = tmp_path / "full"
    folder.mkdir()
    done = _mounted([("size=4m", folder)], f"TMPDIR={folder} {outside} --version")
    assert (done.returncode, done.stdout) == (255, "")
    reason, way_out = done.stderr.splitlines()
    assert reason.startswith("error: cannot unpack lib")
    assert reason.endswith(": fwrite: No space left on device")
    assert way_out == "error: set TMPDIR=FOLDER with room"


def test_what_a_full_folder_left(outside: Path, tmp_path: Path) -> None:
    """A start that found no room leaves its folder until an hour has gone by; others' stay for ever."""
    folder = tmp_path / "full"
    folder.mkdir()
    script = f"""
export TMPDIR={folder}; cd {folder}
{outside} --version 2>/dev/null || ls -d _MEI*
mount -o remount,size=64m {folder}
{outside} --version; ls -d _MEI*
cp -r _MEI* _MEIforeign; rm _MEIforeign/*unpacking
touch -d '61 minutes ago' _MEI*/* _MEI*
{outside} --version; ls"""
    done = _mounted([("size=4m", folder)], script)
    left, version, still, again, *kept = done.stdout.splitlines()
    assert left == still
    assert version == again
    assert (version[:12], kept, done.stderr) == ("kubectl-ns v", ["_MEIforeign"], "")


def test_no_folder_at_all(outside: Path) -> None:
    """Where nothing can be written, not even in /tmp: TMPDIR too."""
    script = f"""
cp {outside} /run/binary
for folder in /tmp /var/tmp; do mount -t tmpfs -o ro none $folder; done
cd /; exec /run/binary --version"""
    done = _mounted([("mode=755", Path("/run"))], script)
    assert (done.returncode, done.stdout) == (255, "")
    assert done.stderr == "error: cannot unpack: set TMPDIR=FOLDER\n"


def test_the_way_out(outside: Path, tmp_path: Path) -> None:
    """With TMPDIR elsewhere it runs."""
    script = f"TMPDIR={tmp_path} exec {outside} --version"
    done = _mounted([("noexec", Path("/var/tmp"))], script)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("kubectl-ns v")
