"""Several kubeconfigs: which file says what, and where kubectl and we write a current-context."""

import subprocess
from pathlib import Path

import pytest

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.several import read_kubeconfigs
from tests.lab.programs import program

ONE = "contexts:\n- name: a\n  context: {cluster: first}\n"
TWO = "current-context: a\ncontexts:\n- name: a\n  context: {cluster: second}\n- name: b\n"


def test_the_first_file_to_say_something_wins(tmp_path: Path) -> None:
    """A missing file and an empty element are passed over; origin and deciding file are named."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text(ONE)
    two.write_text(TWO)
    found = read_kubeconfigs("", {"KUBECONFIG": f"{tmp_path / 'none'}::{one}:{two}"})
    assert found.contexts["a"].cluster == "first"
    assert {name: context.origin for name, context in found.contexts.items()} == {
        "a": str(one),
        "b": str(two),
    }
    assert (found.current_context, found.deciding_file) == ("a", str(two))


@pytest.mark.parametrize("existing", [(), ("one",), ("two",), ("one", "two")])
def test_the_default_file_is_kubectls(
    existing: tuple[str, ...], programs: None, tmp_path: Path
) -> None:
    """The file in which kubectl itself sets a current-context."""
    files = [tmp_path / name for name in ("one", "two", "three")]
    for name in existing:
        (tmp_path / name).write_text("kind: Config\napiVersion: v1\n")
    environ = {"KUBECONFIG": ":".join(map(str, files))}
    expected = read_kubeconfigs("", environ).default_file
    subprocess.run(
        [str(program("kubectl")), "config", "set", "current-context", "x"],
        env=environ,
        check=True,
        capture_output=True,
    )
    written = [str(file) for file in files if file.exists() and "x" in file.read_text()]
    assert written == [expected]


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    """Only `--kubeconfig` insists."""
    with pytest.raises(KubeconfigError, match="no such file"):
        read_kubeconfigs(str(tmp_path / "none"), {})
