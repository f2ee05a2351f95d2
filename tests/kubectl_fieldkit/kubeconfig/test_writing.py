"""Kubeconfigs are changed whole or not at all, whoever else writes, reads, or pulls the plug."""

import os
import re
import shutil
import stat
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.edits import set_current_context, set_namespace
from kubectl_fieldkit.kubeconfig.load import parse
from kubectl_fieldkit.kubeconfig.lock import locked
from kubectl_fieldkit.kubeconfig.writing import Change, apply
from tests.conftest import lacking_is_a_skip
from tests.lab.errors import Lacking
from tests.lab.programs import program

WRITERS = 50
CTX = [sys.executable, "-W", "error", "-m", "kubectl_ctx"]
ONE_EDIT = """
import sys
from functools import partial
from kubectl_fieldkit.kubeconfig.edits import set_namespace
from kubectl_fieldkit.kubeconfig.writing import Change, apply
apply([Change(sys.argv[1], partial(set_namespace, context=sys.argv[2], namespace="changed"))])
"""


def _config(contexts: int) -> bytes:
    listed = "".join(
        f"- context:\n    cluster: c\n    user: u\n  name: c{i}\n" for i in range(contexts)
    )
    return f"apiVersion: v1\nkind: Config\ncontexts:\n{listed}current-context: c0\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A kubeconfig with two contexts."""
    path = tmp_path / "config"
    path.write_bytes(_config(2))
    return path


def _switch(path: Path) -> None:
    apply([Change(str(path), partial(set_current_context, name="c1"))])


def _assert_switched(path: Path) -> None:
    assert path.read_bytes() == _config(2).replace(b"t: c0", b"t: c1")


def test_parallel_writers_lose_nothing(tmp_path: Path) -> None:
    """Fifty processes, each with a change of its own, and a reader that never sees half a file."""
    file = tmp_path / "config"
    file.write_bytes(_config(WRITERS))
    done, seen = Event(), set[int]()

    def read() -> None:
        while not done.is_set():
            seen.add(len(parse(file.read_bytes(), str(file)).contexts))

    reader = Thread(target=read)
    reader.start()
    writers = [
        subprocess.Popen([sys.executable, "-c", ONE_EDIT, str(file), f"c{i}"])
        for i in range(WRITERS)
    ]
    codes = [writer.wait() for writer in writers]
    done.set()
    reader.join()
    contexts = parse(file.read_bytes(), str(file)).contexts
    assert codes == [0] * WRITERS
    assert [context.namespace for context in contexts.values()] == ["changed"] * WRITERS
    assert seen == {WRITERS}
    assert [path.name for path in tmp_path.iterdir()] == ["config"]


def test_kubectl_writers_cost_us_no_change(programs: None, tmp_path: Path) -> None:
    """Beside ten kubectl that write the same file, each of our changes is there when it is done."""
    file = tmp_path / "config"
    file.write_bytes(_config(20))
    stop = Event()
    kubectl = [str(program("kubectl")), "--kubeconfig", str(file), "config", "set-context"]

    def disturb(number: int) -> None:
        while not stop.is_set():
            subprocess.run([*kubectl, f"k{number}", "--user=k"], capture_output=True, check=False)

    others = [Thread(target=disturb, args=(number,)) for number in range(3)]
    for other in others:
        other.start()
    try:
        for i in range(20):
            with locked([str(file)]):  # kubectl loads before it locks: ours must have been seen
                pass
            apply([Change(str(file), partial(set_namespace, context=f"c{i}", namespace="ours"))])
            assert parse(file.read_bytes(), str(file)).contexts
    finally:
        stop.set()
        for other in others:
            other.join()
    assert len(parse(file.read_bytes(), str(file)).contexts) >= 20


def test_a_symlink_stays_one(file: Path, tmp_path: Path) -> None:
    """The file that a chain of links leads to is replaced, beside itself."""
    store = tmp_path / "store"
    store.mkdir()
    file.rename(store / "real")
    (tmp_path / "middle").symlink_to("store/real")
    file.symlink_to(tmp_path / "middle")
    _switch(file)
    assert file.is_symlink()
    assert (tmp_path / "middle").is_symlink()
    _assert_switched(store / "real")


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_stays(file: Path, mode: int) -> None:
    """And for root the owner."""
    file.chmod(mode)
    if os.geteuid() == 0:
        os.chown(file, 1234, 2345)
    _switch(file)
    there = file.stat()
    assert stat.S_IMODE(there.st_mode) == mode
    if os.geteuid() == 0:
        assert (there.st_uid, there.st_gid) == (1234, 2345)
    _assert_switched(file)


def test_a_new_file_is_nobody_elses(tmp_path: Path) -> None:
    """A file in a folder that is not there yet."""
    file = tmp_path / "new" / "config"
    _switch(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == "apiVersion: v1\nkind: Config\ncurrent-context: c1\n"


def test_what_does_not_change_is_not_written(file: Path) -> None:
    """The same file, not an equal one."""
    before = file.stat()
    apply([Change(str(file), partial(set_current_context, name="c0"))])
    assert file.stat() == before


def test_a_stale_lock_is_explained(file: Path) -> None:
    """Since when, whose, and what to remove."""
    lock = Path(f"{file}.lock")
    lock.touch(0)
    long_ago = time.time() - 600
    os.utime(lock, (long_ago, long_ago))
    with pytest.raises(KubeconfigError) as caught, locked([str(file)], wait=0.1):
        pass
    assert re.search(r"has been locked for 10m by user \"\w+\"", caught.value.message)
    assert f'remove "{lock}"' in caught.value.hint
    assert file.read_bytes() == _config(2)


def test_a_lock_is_waited_for(file: Path) -> None:
    """Held by another for a while, it is no error."""
    lock = Path(f"{file}.lock")
    lock.touch(0)

    def free() -> None:
        time.sleep(0.3)
        lock.unlink()

    freed = Thread(target=free)
    freed.start()
    _switch(file)
    freed.join()
    _assert_switched(file)


def test_all_files_change_or_none(file: Path, tmp_path: Path) -> None:
    """An edit that fails leaves the other file as it was, and no lock."""
    other = tmp_path / "other"
    other.write_bytes(_config(1))
    changes = [
        Change(str(file), partial(set_current_context, name="c1")),
        Change(str(other), partial(set_namespace, context="absent", namespace="n")),
    ]
    with pytest.raises(KubeconfigError, match='"absent" is no longer in'):
        apply(changes)
    assert file.read_bytes() == _config(2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config", "other"]


@pytest.mark.parametrize("mode", [(0o444, 0o755), (0o644, 0o555)], ids=["file", "folder"])
def test_read_only_offers_a_shell(file: Path, mode: tuple[int, int]) -> None:
    """A read-only file or folder is read as ever, and a switch says how else to go about it."""
    file.chmod(mode[0])
    file.parent.chmod(mode[1])
    # Root without the right to pass over permissions is a user like others.
    command = ["setpriv", "--bounding-set=-dac_override", *CTX] if os.geteuid() == 0 else CTX
    environ = os.environ | {"KUBECONFIG": str(file), "XDG_STATE_HOME": "/nonexistent"}
    listed = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert listed.stdout == "c0\nc1\n", listed.stderr
    switched = subprocess.run(
        [*command, "c1"], env=environ, capture_output=True, text=True, check=False
    )
    assert switched.returncode == 1
    assert "kubectl ctx --shell NAME switches in this terminal alone" in switched.stderr
    assert file.read_bytes() == _config(2)
    file.parent.chmod(0o755)


@pytest.mark.root
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """In a file system without room for the new one; nothing of it is left."""
    with lacking_is_a_skip():
        if os.geteuid():
            raise Lacking("root")
    script = f"""set -e
mount -t tmpfs -o size=64k tmpfs {tmp_path}
cp {tmp_path.parent}/small {tmp_path}/config
dd if=/dev/zero of={tmp_path}/filler bs=1k count=100 2>/dev/null || true
set +e
{" ".join(CTX)} --kubeconfig {tmp_path}/config c1
echo exit $?
ls -A {tmp_path}
cat {tmp_path}/config
"""
    (tmp_path.parent / "small").write_bytes(_config(100))
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script], capture_output=True, text=True, check=True
    )
    assert "no space left on device" in done.stderr, done.stderr
    assert done.stdout == "exit 1\nconfig\nfiller\n" + _config(100).decode()


@pytest.mark.root
def test_killed_at_every_system_call(tmp_path: Path) -> None:
    """From the lock to its removal: the file is the old or the new one, and the next run goes on."""
    with lacking_is_a_skip():
        if not shutil.which("strace"):
            raise Lacking("Debian packages (apt-get install strace)")
    file = tmp_path / "config"
    old, new = _config(2), _config(2).replace(b"t: c0", b"t: c1")
    command = [*CTX, "--kubeconfig", str(file), "c1"]
    environ = os.environ | {"XDG_STATE_HOME": str(tmp_path / "state")}
    file.write_bytes(old)
    log = tmp_path / "calls"
    strace = ["strace", "-f", "-o", str(log)]
    subprocess.run([*strace, *command], env=environ, check=True, capture_output=True)
    calls = [re.sub(r"^\d+\s+", "", line) for line in log.read_text().splitlines()]
    names = [found[0] if (found := re.match(r"\w+", call)) else "" for call in calls]
    first = next(i for i, call in enumerate(calls) if f"{file}.lock" in call)
    last = max(i for i, call in enumerate(calls) if f"{file}.lock" in call)
    assert any(name.startswith("rename") for name in names[first:last])
    outcomes = set[bytes]()
    for at in range(first, last + 1):
        if not names[at]:
            continue
        file.write_bytes(old)
        when = names[: at + 1].count(names[at])
        inject = f"inject={names[at]}:signal=KILL:when={when}"
        killed = subprocess.run(
            [*strace, "-e", inject, *command], env=environ, check=False, capture_output=True
        )
        assert killed.returncode, (calls[at], killed.stderr)
        left = file.read_bytes()
        assert left in (old, new), calls[at]
        outcomes.add(left)
        Path(f"{file}.lock").unlink(missing_ok=True)
        subprocess.run(command, env=environ, check=True, capture_output=True)
        assert file.read_bytes() == new
        assert sorted(path.name for path in tmp_path.iterdir()) == ["calls", "config", "state"]
    assert outcomes == {old, new}
