"""The defects of kubectx, kubie, kubecm and others, by the numbers of our notes: none is ours.

Those about shells of their own (7, 16, 18) are in test_shell_defects, the namespace switcher's (17) in
tests/kubectl_ns/test_slow_server.py.
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.kubectl_ctx.plugin import COMMAND, ctx, environ, kubectl_config, write

SHARED = {"a": ("c", "u"), "b": ("c", "u")}
TWO = {"a": ("c1", "u1"), "b": ("c2", "u2")}


@pytest.mark.parametrize("cascade", [[], ["--cascade"]])
def test_defect_01_a_cluster_still_in_use(
    tmp_path: Path, programs: None, cascade: list[str]
) -> None:
    """Deleting a context never takes the cluster and user that another one uses (2: the same class)."""
    file = write(tmp_path / "config", SHARED)
    assert ctx(file, "-d", "a", *cascade)[0] == 0
    shown = kubectl_config([file], "view", "-o", "jsonpath={.clusters[*].name} {.users[*].name}")
    assert shown == "c u"


def test_defect_02_nothing_goes_unasked(tmp_path: Path, programs: None) -> None:
    """Without --cascade the cluster and the user stay, used or not."""
    file = write(tmp_path / "config", TWO)
    assert ctx(file, "-d", "a")[0] == 0
    shown = kubectl_config([file], "view", "-o", "jsonpath={.clusters[*].name} {.users[*].name}")
    assert shown == "c1 c2 u1 u2"


def test_defect_03_a_dangling_user_costs_no_cluster(tmp_path: Path, programs: None) -> None:
    """A context whose user is missing goes with --cascade; the cluster that others use stays."""
    file = write(tmp_path / "config", SHARED)
    file.write_text(file.read_text() + "- name: x\n  context: {cluster: c, user: missing}\n")
    assert ctx(file, "-d", "x", "--cascade")[0] == 0
    assert kubectl_config([file], "view", "-o", "jsonpath={.clusters[*].name}") == "c"


def test_defect_04_no_file_is_made_of_a_list(tmp_path: Path) -> None:
    """KUBECONFIG=a:b is two files, whatever is done."""
    one = write(tmp_path / "one", {"a": ("c1", "u1")}, "a")
    two = write(tmp_path / "two", {"b": ("c2", "u2")})
    for args in (["b"], ["n=b"], ["-d", "n"], ["-u"]):
        assert ctx([one, two], *args)[0] == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one", "state", "two"]


def test_defect_05_only_what_changes_is_written(tmp_path: Path) -> None:
    """A file that stays the same keeps its inode; one that changes is a new file in one step."""
    one = write(tmp_path / "one", {"a": ("c1", "u1")}, "a")
    two = write(tmp_path / "two", {"b": ("c2", "u2")})
    inodes = [path.stat().st_ino for path in (one, two)]
    assert ctx([one, two], "b")[0] == 0
    assert two.stat().st_ino == inodes[1]
    assert one.stat().st_ino != inodes[0]


def test_defect_06_no_reformatting(tmp_path: Path) -> None:
    """Anchors, indentation, quotes and comments are what they were; one word is not."""
    file = tmp_path / "config"
    text = (
        "apiVersion: v1\nkind: Config\nx: &anchor {cluster: 'c',   user: \"u\"}\n"
        "contexts:\n    -   name: a\n        context: *anchor\n    -   name: b # why\n"
        "        context:   *anchor\ncurrent-context:   'a'   # here\n"
    )
    file.write_text(text)
    assert ctx(file, "b")[0] == 0
    before, after = text.splitlines(), file.read_text().splitlines()
    assert before[:-1] == after[:-1]
    assert after[-1].endswith("   # here")


def test_defect_08_a_context_keeps_its_namespace(tmp_path: Path, programs: None) -> None:
    """Switching there and back replaces no namespace by what was used before."""
    file = write(tmp_path / "config", TWO, "a")
    ctx(file, "-n", "shop")
    ctx(file, "b")
    ctx(file, "a")
    path = "jsonpath={.contexts[0].context.namespace}"
    assert kubectl_config([file], "view", "--minify", "-o", path) == "shop"


def test_defect_09_nobody_else_reads_it(tmp_path: Path) -> None:
    """The new file has the old one's mode, and what is remembered is ours alone."""
    file = write(tmp_path / "config", TWO, "a")
    file.chmod(0o600)
    assert ctx(file, "b")[0] == 0
    assert file.stat().st_mode & 0o777 == 0o600
    remembered = [each for each in (tmp_path / "state").rglob("*") if each.is_file()]
    assert [each.stat().st_mode & 0o777 for each in remembered] == [0o600]


def test_defect_10_a_rename_to_itself(tmp_path: Path) -> None:
    """X=X changes nothing and says so."""
    file = write(tmp_path / "config", TWO, "a")
    before = file.read_bytes()
    told = 'context "a" has this name already: nothing to change\n'
    assert ctx(file, "a=a") == (0, "", told)
    assert ctx(file, "a=.") == (0, "", told)
    assert file.read_bytes() == before


def test_defect_11_unset_reaches_every_file(tmp_path: Path, programs: None) -> None:
    """No other file's current-context takes over, and it is said which file decided."""
    one = write(tmp_path / "one", {"a": ("c1", "u1")}, "a")
    two = write(tmp_path / "two", {"b": ("c2", "u2")}, "b")
    code, _, told = ctx([one, two], "-u")
    assert code == 0
    assert told.endswith(f'"{one}" said it; "{two}" would have taken over, and was unset too\n')
    assert "current-context:" not in one.read_text() + two.read_text()
    assert ctx([one, two], "-c")[0] == 1


def test_defect_12_reading_needs_no_right_to_write(tmp_path: Path) -> None:
    """A list, -c, a dry run and a switch to where one is work on a read-only file in such a folder."""
    folder = tmp_path / "ro"
    folder.mkdir()
    file = write(folder / "config", TWO, "a")
    file.chmod(0o444)
    folder.chmod(0o555)
    command = [*COMMAND, "-c"]
    if os.geteuid() == 0:
        command = ["setpriv", "--bounding-set=-dac_override", *command]
    env = environ(file) | {"XDG_STATE_HOME": "/nonexistent"}
    for args in (["-c"], [], ["b", "--dry-run"], ["a"]):
        done = subprocess.run(
            [*command[:-1], *args], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    folder.chmod(0o755)


def test_defect_13_later_documents_stay(tmp_path: Path) -> None:
    """What stands behind the first document is no kubeconfig, and nobody's to lose."""
    file = write(tmp_path / "config", TWO, "a", "---\nkind: Other\nkept: yes\n")
    assert ctx(file, "b")[0] == 0
    assert file.read_text().endswith("current-context: b\n---\nkind: Other\nkept: yes\n")


def test_defect_14_names_are_names(tmp_path: Path) -> None:
    """`=`, `/` and `..` in a name are switched to, and make no folder."""
    file = write(tmp_path / "config", {"a=b": ("c", "u"), "../x/y": ("c", "u")}, "a=b")
    assert ctx(file, "../x/y", "-n", "shop")[0] == 0
    assert ctx(file, "switch", "a=b")[0] == 0
    folders = [each for each in tmp_path.rglob("*") if each.is_dir()]
    assert [str(each.relative_to(tmp_path)) for each in folders] == [
        "state",
        "state/kubectl-fieldkit",
    ]


def test_defect_15_the_active_one_by_name(tmp_path: Path) -> None:
    """That the current context was deleted is said however it was named."""
    file = write(tmp_path / "config", TWO, "a")
    assert "warning: this removed your active context" in ctx(file, "-d", "a")[2]


def test_defect_19_other_files_lose_nothing(tmp_path: Path) -> None:
    """A rename in one of several files leaves every byte of the others."""
    files = [write(tmp_path / name, {name: (f"c-{name}", "u")}) for name in ("one", "two", "three")]
    kept = [file.read_bytes() for file in files]
    assert ctx(files, "new=two")[0] == 0
    assert [file.read_bytes() == was for file, was in zip(files, kept, strict=True)] == [
        True,
        False,
        True,
    ]


def test_defect_20_many_at_once(tmp_path: Path, programs: None) -> None:
    """Twelve switches and renames side by side: the file is whole, and no rename is lost."""
    contexts = {f"x{i}": ("c", "u") for i in range(12)}
    file = write(tmp_path / "config", contexts, "x0")
    started = [
        subprocess.Popen([*COMMAND, args], env=environ(file), stderr=subprocess.DEVNULL)
        for i in range(1, 7)
        for args in (f"y{i}=x{i}", f"x{i + 5}" if i > 1 else "x0")
    ]
    codes = [child.wait() for child in started]
    assert codes == [0] * 12
    names = kubectl_config([file], "get-contexts", "-o", "name").split()
    assert len(names) == 12
    assert {f"y{i}" for i in range(1, 7)} <= set(names)


def test_defect_21_a_context_of_several_files(tmp_path: Path, programs: None) -> None:
    """Cluster and user may be elsewhere: the switch is one all the same."""
    one = tmp_path / "one"
    one.write_text("contexts:\n- name: a\n  context: {cluster: c2, user: u2}\n")
    two = write(tmp_path / "two", TWO)
    assert ctx([one, two], "a")[0] == 0
    path = "jsonpath={.clusters[0].cluster.server}"
    assert kubectl_config([one, two], "view", "--minify", "-o", path) == "https://c2.test"


def test_defect_22_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file that it leads to is replaced."""
    (tmp_path / "real").mkdir()
    target = write(tmp_path / "real" / "config", TWO, "a")
    link = tmp_path / "link"
    link.symlink_to(target)
    assert ctx(link, "b")[0] == 0
    assert link.is_symlink()
    assert "current-context: b\n" in target.read_text()
