"""What is written, and what is not: whole files, only our own, only where something changes."""

import os
import resource
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kubectl_fieldkit.errors import FieldkitError
from kubectl_neat.export.folder import File, NotOurs, opened
from tests.kubectl_neat.exporting import content

PLACE = "namespaces/web/22-configmap_a.yaml"
NOBODY = 65534


def config_map(value: str, name: str = "a", **options: bool) -> File:
    """A ConfigMap's file."""
    metadata = {"name": name, "namespace": "web"}
    tree = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"key": value}}
    text = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: web}}\ndata: {{key: {value}}}\n"
    return File(PLACE, tree, text, **options)


def test_a_file_is_written_once(tmp_path: Path) -> None:
    """The same again is no change, not even of its time."""
    with opened(tmp_path / "new" / "folder") as folder:
        assert folder.put(config_map("x")) == "written"
    path = tmp_path / "new" / "folder" / PLACE
    before = path.stat()
    with opened(tmp_path / "new" / "folder") as folder:
        assert folder.put(config_map("x")) == "unchanged"
    assert path.stat() == before
    assert content(tmp_path) == {f"new/folder/{PLACE}": config_map("x").text.encode()}


def test_an_export_of_the_same_object_is_replaced(tmp_path: Path) -> None:
    """With the rights it had."""
    with opened(tmp_path) as folder:
        folder.put(config_map("x"))
        (tmp_path / PLACE).chmod(0o640)
        assert folder.put(config_map("y")) == "written"
    assert content(tmp_path) == {PLACE: config_map("y").text.encode()}
    assert stat.S_IMODE((tmp_path / PLACE).stat().st_mode) == 0o640


def test_a_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Also where its file was for everybody, and says the same already."""
    with opened(tmp_path) as folder:
        folder.put(config_map("x"))
        assert stat.S_IMODE((tmp_path / PLACE).stat().st_mode) & 0o400
        (tmp_path / PLACE).chmod(0o644)
        assert folder.put(config_map("x", private=True)) == "written"
        assert stat.S_IMODE((tmp_path / PLACE).stat().st_mode) == 0o600
        assert folder.put(config_map("x", private=True)) == "unchanged"


@pytest.mark.parametrize(
    "theirs",
    [
        b"",
        b"my own notes\n",
        b"\xff\xfe{",
        b"a: [",
        b"- 1\n",
        config_map("x", "b").text.encode(),
        config_map("x").text.replace("web", "other").encode(),
        config_map("x").text.replace("v1", "example.com/v1").encode(),
        config_map("x").text.replace("ConfigMap", "Secret").encode(),
        b"kind: ConfigMap\nmetadata: 1\n",
    ],
)
def test_a_file_of_somebody_else_is_left_as_it_is(tmp_path: Path, theirs: bytes) -> None:
    """Whatever is not an export of the very object."""
    path = tmp_path / PLACE
    path.parent.mkdir(parents=True)
    path.write_bytes(theirs)
    with opened(tmp_path) as folder, pytest.raises(NotOurs, match="is no export of the object"):
        folder.put(config_map("x"))
    assert content(tmp_path) == {PLACE: theirs}


def test_nothing_is_written_through_links(tmp_path: Path) -> None:
    """Neither where a file is one, nor a folder."""
    away = tmp_path / "away"
    away.mkdir()
    (away / "file").write_bytes(b"theirs")
    out = tmp_path / "out"
    (out / "namespaces" / "web").mkdir(parents=True)
    (out / PLACE).symlink_to(away / "file")
    with opened(out) as folder, pytest.raises(NotOurs, match="no regular file"):
        folder.put(config_map("x"))
    (out / PLACE).unlink()
    (out / "namespaces" / "web").rmdir()
    (out / "namespaces" / "web").symlink_to(away)
    with opened(out) as folder, pytest.raises(NotOurs, match="is a symbolic link"):
        folder.put(config_map("x"))
    assert content(away) == {"file": b"theirs"}


def test_two_exports_do_not_write_to_one_folder(tmp_path: Path) -> None:
    """The second says so; after the first has ended it may."""
    with opened(tmp_path), pytest.raises(FieldkitError, match="another export"), opened(tmp_path):
        pass
    with opened(tmp_path):
        pass


def test_a_killed_runs_leftover_goes(tmp_path: Path) -> None:
    """It may hold a Secret; files named otherwise are not ours to name."""
    with opened(tmp_path) as folder:
        folder.put(config_map("x"))
        (tmp_path / PLACE).with_name(".fieldkit-export").write_bytes(b"half")
        (tmp_path / "namespaces" / "web" / "README.md").write_bytes(b"theirs")
        (tmp_path / "namespaces" / "kustomization.yaml").write_bytes(b"theirs")
        assert folder.files("namespaces") == [PLACE]
        assert folder.files("crds") == []
    assert content(tmp_path).keys() == {
        PLACE,
        "namespaces/web/README.md",
        "namespaces/kustomization.yaml",
    }


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """The error says how far it came; what is there is whole, and nothing half is left."""
    with opened(tmp_path) as folder:
        folder.put(config_map("x"))
        with _files_of_at_most(1000), pytest.raises(FieldkitError) as failed:
            folder.put(config_map("y" * 2000))
    assert str(failed.value) == (
        f'cannot write "{tmp_path / PLACE}": file too large (1 file is written, each whole)'
    )
    assert content(tmp_path) == {PLACE: config_map("x").text.encode()}


def test_a_folder_that_may_not_be_written() -> None:
    """Says so, and that nothing was written."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o555)
        with _nobody(), opened(Path(name)) as folder, pytest.raises(FieldkitError) as failed:
            folder.put(config_map("x"))
        Path(name).chmod(0o755)
        assert "permission denied (nothing was written)" in str(failed.value)
        assert content(Path(name)) == {}


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """Is an error, and stays."""
    (tmp_path / "file").write_bytes(b"theirs")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(FieldkitError, match="cannot write"), opened(place):
            pass
    assert content(tmp_path) == {"file": b"theirs"}


@contextmanager
def _files_of_at_most(size: int) -> Iterator[None]:
    """As on a full disk, a write ends after so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _nobody() -> Iterator[None]:
    """Root may write anywhere, so it must not be root who tries."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)
