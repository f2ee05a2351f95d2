"""The lab is built once for each state of its sources, or taken from envtest's programs."""

import shutil
from pathlib import Path

import pytest

from tests.lab.build import MODULE, VERSION, build, key
from tests.lab.errors import Lacking
from tests.lab.lab import Lab
from tests.lab.programs import program
from tests.lab.toolchain import version, wanted_version


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A copy of the lab's Go module."""
    for name in ("go.mod", "go.sum"):
        shutil.copy(MODULE / name, tmp_path)
    shutil.copytree(MODULE / "cmd", tmp_path / "cmd")
    return tmp_path


@pytest.fixture
def assets(programs: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the programs that envtest has, which KUBEBUILDER_ASSETS names."""
    for name in ("etcd", "kube-apiserver", "kubectl"):
        (tmp_path / name).symlink_to(build() / "lab")
    monkeypatch.setenv("KUBEBUILDER_ASSETS", str(tmp_path))
    return tmp_path


def test_the_same_sources_have_the_same_key(module: Path) -> None:
    """Where the sources lie does not matter."""
    assert key(module) == key(MODULE)


@pytest.mark.parametrize("source", ["go.mod", "go.sum", "cmd/lab/main.go", "cmd/oracle/psa.go"])
def test_a_change_to_a_source_changes_the_key(module: Path, source: str) -> None:
    """One byte more in a source is another build."""
    with (module / source).open("a") as file:
        file.write("\n")
    assert key(module) != key(MODULE)


def test_a_new_source_changes_the_key(module: Path) -> None:
    """A source that was not there before is another build."""
    (module / "cmd/lab/more.go").write_text("package main\n")
    assert key(module) != key(MODULE)


def test_the_compiler_is_the_one_that_the_module_asks_for() -> None:
    """The release is read from go.mod."""
    assert wanted_version(MODULE) == (1, 26)


def test_what_is_no_compiler_is_older_than_any() -> None:
    """A program called go that does not say its release is not used."""
    assert version(Path("/bin/true")) == (0, 0)


def test_envtest_programs_make_a_control_plane(assets: Path) -> None:
    """Where KUBEBUILDER_ASSETS is set, its programs run instead of ours."""
    with Lab() as lab:
        assert lab.kubectl_path == assets / "kubectl"
        assert f"gitVersion: {VERSION}" in lab.kubectl("version", "-o", "yaml").stdout


def test_what_envtest_lacks_is_said(assets: Path) -> None:
    """A program that is not among them is no silent build of ours."""
    with pytest.raises(Lacking) as lack:
        program("kube-scheduler")
    assert str(lack.value) == (
        "KUBEBUILDER_ASSETS has no kube-scheduler (unset it and the lab is built from source)"
    )
