"""What other programs, other names and other users do to a write, and what is left of it."""

import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.edits import set_current_context, set_namespace
from kubectl_fieldkit.kubeconfig.load import parse
from kubectl_fieldkit.kubeconfig.lock import locked
from kubectl_fieldkit.kubeconfig.writing import Change, apply, preview
from tests.conftest import lacking_is_a_skip
from tests.lab.errors import Lacking
from tests.lab.programs import program

HEAD = b"apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts:\n"
A, B = (b"- name: %c\n  context: {cluster: c, user: u}\n" % name for name in b"ab")
CTX = [sys.executable, "-W", "error", "-m", "kubectl_ctx"]
SWITCH = partial(set_current_context, name="b")
SPACE = partial(set_namespace, context="b", namespace="n")
WAITING = """
import sys
from kubectl_fieldkit.kubeconfig.lock import locked
with locked(sys.argv[1:], wait=60):
    pass
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A kubeconfig with two contexts, alone in its folder."""
    path = tmp_path / "folder" / "config"
    path.parent.mkdir()
    path.write_bytes(HEAD + A + B)
    return path


def _meanwhile(
    act: Callable[[], object], edit: Callable[[bytes], bytes]
) -> Callable[[bytes], bytes]:
    """The edit, during the first of which somebody else acts."""
    acts = iter([act])

    def edited(data: bytes) -> bytes:
        for first in acts:
            first()
        return edit(data)

    return edited


def _beside(file: Path) -> list[str]:
    return sorted(path.name for path in file.parent.iterdir())


def test_a_change_made_without_a_lock_is_not_lost(file: Path) -> None:
    """An editor saves between our read and our write: both changes are there."""
    act = partial(file.write_bytes, b"# theirs\n" + HEAD + A + B)
    apply([Change(str(file), _meanwhile(act, SWITCH))])
    assert file.read_bytes() == b"# theirs\n" + HEAD.replace(b"t: a", b"t: b") + A + B
    assert _beside(file) == ["config"]


def test_a_file_that_comes_meanwhile_is_not_lost(file: Path) -> None:
    """There was none when we looked."""
    file.unlink()
    act = partial(file.write_bytes, HEAD + A + B)
    apply([Change(str(file), _meanwhile(act, SWITCH))])
    assert file.read_bytes() == HEAD.replace(b"t: a", b"t: b") + A + B


def test_a_file_that_never_rests_is_left_alone(file: Path) -> None:
    """Who changes it all the time without a lock is told of, and keeps the last word."""
    turns = 0

    def edit(data: bytes) -> bytes:
        nonlocal turns
        turns += 1
        file.write_bytes(b"# %d\n" % turns + HEAD + A + B)
        return SWITCH(data)

    with pytest.raises(KubeconfigError, match="without a lock"):
        apply([Change(str(file), edit)])
    assert file.read_bytes() == b"# %d\n" % turns + HEAD + A + B
    assert _beside(file) == ["config"]


@pytest.mark.parametrize("torn", [HEAD[:9], HEAD, HEAD + A, HEAD + A + B[:9]])
def test_a_torn_file_is_read_again(file: Path, torn: bytes) -> None:
    """Where others have written only a part yet, even one that can be read but lacks the context."""
    file.write_bytes(torn)
    act = partial(file.write_bytes, HEAD + A + B)
    apply([Change(str(file), _meanwhile(act, SPACE))])
    assert file.read_bytes() == SPACE(HEAD + A + B)


def test_a_file_replaced_while_we_wait_is_the_one_that_changes(file: Path) -> None:
    """What counts is what the file says once it is locked."""
    lock = Path(f"{file}.lock")
    lock.touch(0)

    def replace() -> None:
        time.sleep(0.2)
        (file.parent / "new").write_bytes(b"# new\n" + HEAD + A + B)
        (file.parent / "new").rename(file)
        lock.unlink()

    other = Thread(target=replace)
    other.start()
    apply([Change(str(file), SWITCH)])
    other.join()
    assert file.read_bytes() == b"# new\n" + HEAD.replace(b"t: a", b"t: b") + A + B
    assert _beside(file) == ["config"]


def test_no_finished_change_of_kubectl_is_lost(programs: None, file: Path) -> None:
    """kubectl adds one context after another; however often we write beside it, all are there."""
    kubectl = [str(program("kubectl")), "--kubeconfig", str(file), "config", "set-context"]
    finished: list[str] = []

    def add() -> None:
        while len(finished) < 20:
            name = f"k{len(finished)}"
            done = subprocess.run([*kubectl, name], capture_output=True, check=False)
            if not done.returncode:
                finished.append(name)

    other, writes = Thread(target=add), 0
    other.start()
    while other.is_alive():
        edit = partial(set_namespace, context="a", namespace=f"n{writes}")
        apply([Change(str(file), edit)])
        writes += 1
        time.sleep(0.005)  # kubectl does not wait for a lock: it must find the file free
    other.join()
    assert writes > 20
    assert parse(file.read_bytes(), "").contexts.keys() == {"a", "b", *finished}


def test_one_file_under_two_names_takes_both_changes(file: Path) -> None:
    """Neither waits for the other's lock, nor overwrites it."""
    link = file.parent / "link"
    link.symlink_to("config")
    changes = [Change(str(link), SWITCH), Change(str(file), SPACE)]
    assert len(preview(changes)) == 1
    apply(changes)
    assert file.read_bytes() == SPACE(SWITCH(HEAD + A + B))
    assert _beside(file) == ["config", "link"]


def test_a_relative_name_is_the_same_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`config`, `./config` and the whole path have one lock."""
    monkeypatch.chdir(file.parent)
    apply([Change("config", SWITCH), Change("./config", SPACE), Change(str(file), SPACE)])
    assert file.read_bytes() == SPACE(SWITCH(HEAD + A + B))


def test_a_link_waits_for_the_lock_of_its_target(file: Path) -> None:
    """Whoever changes the target by its own name is waited for."""
    (file.parent / "link").symlink_to("config")
    Path(f"{file}.lock").touch(0)
    with (
        pytest.raises(KubeconfigError) as caught,
        locked([str(file.parent / "link")], wait=0.1),
    ):
        pass
    assert f'remove "{file}.lock"' in caught.value.hint
    assert _beside(file) == ["config", "config.lock", "link"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_interrupted_while_waiting_leaves_no_lock(tmp_path: Path, number: int) -> None:
    """The lock that is already ours goes while we wait for the next."""
    first, second = tmp_path / "a", tmp_path / "b"
    Path(f"{second}.lock").touch(0)
    waiting = subprocess.Popen([sys.executable, "-c", WAITING, str(first), str(second)])
    while not Path(f"{first}.lock").exists() and waiting.poll() is None:
        time.sleep(0)
    waiting.send_signal(number)
    assert waiting.wait() != 0
    assert [path.name for path in tmp_path.iterdir()] == ["b.lock"]


def test_what_a_killed_run_left_is_removed(file: Path) -> None:
    """By its number: of one that is gone, and ours, which in a container each run has."""
    gone = subprocess.Popen(["true"])
    gone.wait()
    alive = os.getppid()
    for number in (gone.pid, os.getpid(), alive):
        (file.parent / f"config.fieldkit-{number}").write_text("token: secret")
    (file.parent / "config.fieldkit-notes").touch()
    apply([Change(str(file), SWITCH)])
    assert _beside(file) == ["config", f"config.fieldkit-{alive}", "config.fieldkit-notes"]


def test_the_access_list_stays(file: Path) -> None:
    """Without it the mode would let the whole group read what only one other user may."""
    entries = [(1, 6, -1), (2, 4, 1234), (4, 0, -1), (0x10, 4, -1), (0x20, 0, -1)]
    packed = (struct.pack("<HHi", *entry) for entry in entries)
    acl = struct.pack("<I", 2) + b"".join(packed)
    with lacking_is_a_skip():
        try:
            os.setxattr(file, "system.posix_acl_access", acl)
        except OSError as err:
            raise Lacking(f"a temporary folder with access lists ({err.strerror})") from err
    mode = file.stat().st_mode
    apply([Change(str(file), SWITCH)])
    assert os.getxattr(file, "system.posix_acl_access") == acl
    assert file.stat().st_mode == mode


def test_a_dangling_link_is_filled(file: Path, tmp_path: Path) -> None:
    """Even where the folder that it points into is not there yet."""
    link = file.parent / "link"
    link.symlink_to(tmp_path / "later" / "config")
    apply([Change(str(link), SWITCH)])
    assert link.is_symlink()
    assert b"current-context: b" in (tmp_path / "later" / "config").read_bytes()
    assert [path.name for path in (tmp_path / "later").iterdir()] == ["config"]


def test_an_empty_element_and_a_missing_file(file: Path, tmp_path: Path) -> None:
    """Neither ./.lock, for which kubectl would give up, nor a folder for the file that is missing."""
    (tmp_path / ".lock").touch()
    listed = f"{tmp_path}/missing/config::{file}"
    environ = os.environ | {"KUBECONFIG": listed, "XDG_STATE_HOME": str(tmp_path / "state")}
    done = subprocess.run([*CTX, "b"], cwd=tmp_path, env=environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == HEAD.replace(b"t: a", b"t: b") + A + B
    assert not (tmp_path / "missing").exists()


@pytest.mark.root
def test_a_file_of_somebody_else(file: Path) -> None:
    """One may write to it but not give a file away: it stays whole, and whose it is."""
    with lacking_is_a_skip():
        if os.geteuid():
            raise Lacking("root")
    file.chmod(0o666)
    before = file.stat()
    command = ["setpriv", "--bounding-set=-chown", *CTX]
    os.chown(file, 1234, 1234)
    environ = os.environ | {"XDG_STATE_HOME": str(file.parent.parent / "state")}
    done = subprocess.run(
        [*command, "--kubeconfig", str(file), "b"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        f'error: cannot write "{file}": operation not permitted '
        "(kubectl ctx --shell NAME switches in this terminal alone)\n"
    )
    assert file.stat().st_ino == before.st_ino
    assert _beside(file) == ["config"]
