"""What needs no cluster, and what is said where there is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.kubectl_ns.plugin import ns

CONFIG = """apiVersion: v1
kind: Config
clusters:
- {name: c, cluster: {server: "https://127.0.0.1:1"}}
users:
- {name: u, user: {token: t}}
contexts:
- name: a   # mine
  context: {cluster: c, user: u, namespace: one}
- name: b
  context:
    cluster: c
    user: u
current-context: a
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two contexts, the first with a namespace."""
    path = tmp_path / "config"
    path.write_text(CONFIG)
    return path


def test_the_current_namespace(file: Path) -> None:
    """The context's own, or default."""
    assert ns(file, "-c") == (0, "one\n", "")
    assert ns(file, "-c", "--context", "b") == (0, "default\n", "")


def test_there_and_back(file: Path) -> None:
    """`-` goes back and forth, for each context by itself, and nothing else in the file changes."""
    assert ns(file, "two", "-f") == (0, "", '✔ Active namespace is "two".\n')
    assert file.read_text() == CONFIG.replace("namespace: one", "namespace: two")
    assert ns(file, "x", "-f", "--context", "b")[0] == 0
    assert ns(file, "-", "-f") == (0, "", '✔ Active namespace is "one".\n')
    assert ns(file, "-", "-f") == (0, "", '✔ Active namespace is "two".\n')
    assert ns(file, "-", "-f", "--context", "b") == (0, "", '✔ Active namespace is "default".\n')
    assert "namespace: two" in file.read_text()


def test_nowhere_to_go_back(file: Path) -> None:
    """Said as kubens says it."""
    message = "error: No previous namespace found for current context (a)\n"
    assert ns(file, "-") == (1, "", message)


def test_unset_removes_the_key(file: Path) -> None:
    """Rather than writing `default`."""
    assert ns(file, "-u") == (0, "", '✔ Active namespace is "default".\n')
    assert file.read_text() == CONFIG.replace(", namespace: one", "")


def test_unset_where_nothing_is_set_forgets_nothing(file: Path) -> None:
    """The way back is still to the namespace that was there."""
    ns(file, "-u")
    before = file.read_bytes()
    assert ns(file, "-u") == (0, "", '✔ Active namespace is "default".\n')
    assert file.read_bytes() == before
    assert ns(file, "-", "-f") == (0, "", '✔ Active namespace is "one".\n')


def test_a_dry_run_shows_and_changes_nothing(file: Path) -> None:
    """A diff on stdout."""
    code, diff, talk = ns(file, "two", "-f", "--dry-run")
    assert (code, talk) == (0, '✔ Active namespace is "two" (dry run).\n')
    assert "-  context: {cluster: c, user: u, namespace: one}\n" in diff
    assert "+  context: {cluster: c, user: u, namespace: two}\n" in diff
    assert file.read_text() == CONFIG


@pytest.mark.parametrize("name", ["Xy", "a_b", "-x-", "a" * 64, "../x", "a\nb", "ü"])
def test_a_name_that_no_namespace_has_never_gets_into_the_file(file: Path, name: str) -> None:
    """Not even by force."""
    code, _, talk = ns(file, "-f", "--", name)
    assert code == 1
    assert "cannot be the name of a namespace" in talk
    assert file.read_text() == CONFIG


def test_without_a_network_the_way_out_is_named(file: Path) -> None:
    """And nothing is changed."""
    code, _, talk = ns(file, "two")
    assert code == 1
    assert talk.startswith("The connection to the server 127.0.0.1:1 was refused")
    assert "-f switches without asking the cluster" in talk
    assert file.read_text() == CONFIG


def test_without_a_network_there_is_a_way_back_too(file: Path) -> None:
    """`-` asks as a name does, and -f goes with it."""
    ns(file, "two", "-f")
    code, _, talk = ns(file, "-")
    assert code == 1
    assert "-f switches without asking the cluster" in talk
    assert ns(file, "-c")[1] == "two\n"


def test_a_login_that_a_script_cannot_have_is_said(file: Path) -> None:
    """A credential plugin that insists on a terminal is not run; -f needs none."""
    plugin = "{apiVersion: client.authentication.k8s.io/v1, command: aws, interactiveMode: Always}"
    file.write_text(CONFIG.replace("{token: t}", f"{{exec: {plugin}}}"))
    code, _, talk = ns(file, "two")
    assert code == 1
    assert "standard input is not a terminal" in talk
    assert "-f switches without asking the cluster" in talk
    assert ns(file, "two", "-f")[0] == 0


def test_without_a_network_the_list_names_the_way_out_too(file: Path) -> None:
    """Nothing is listed: names that were used say nothing of a cluster that is not there."""
    ns(file, "two", "-f")
    code, shown, talk = ns(file)
    assert (code, shown) == (1, "")
    assert "NAME -f switches without asking the cluster" in talk


def test_no_context_no_namespace(tmp_path: Path) -> None:
    """What to do about it."""
    message = "error: current-context is not set (choose one with kubectl ctx NAME)\n"
    assert ns(tmp_path / "absent", "-c") == (1, "", message)


def test_an_absent_context_is_named(file: Path) -> None:
    """Not the current one in its stead."""
    code, _, talk = ns(file, "x", "-f", "--context", "z")
    assert (code, talk.partition(" (")[0]) == (1, 'error: context "z" does not exist')


def test_what_needs_no_cluster_loads_no_client(file: Path) -> None:
    """Neither TLS nor HTTP nor the YAML parser, for files as kubectl writes them."""
    file.write_text("contexts:\n- context:\n    cluster: c\n  name: a\ncurrent-context: a\n")
    program = (
        "import sys\nfrom kubectl_fieldkit.verbs import parse\nfrom kubectl_ns.cli import VERBS\n"
        f"parse('ns', VERBS, ['two', '-f', '--kubeconfig', {str(file)!r}]).run()\n"
        "print(sorted({'ssl', 'yaml', 'kubernetes', 'socket', 'hashlib', 'subprocess'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"XDG_STATE_HOME": str(file.parent), "PYTHONPATH": "plugins"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_in_a_shell_of_its_own_only_the_overlay_changes(file: Path) -> None:
    """`kubectl ctx --shell` promised that other terminals see nothing; the way back is its own too."""
    overlay = file.parent / "overlay"
    overlay.write_text(
        "contexts:\n- context:\n    cluster: c\n    user: u\n  name: b\ncurrent-context: b\n"
    )
    inside = {"KUBECTL_FIELDKIT_OVERLAY": str(overlay)}
    both = f"{overlay}:{file}"
    assert ns(both, "two", "-f", **inside)[0] == 0
    assert ns(both, "three", "-f", "--context", "a", **inside)[0] == 0
    assert ns(both, "-c", **inside) == (0, "two\n", "")
    assert ns(both, "-c", "--context", "a", **inside) == (0, "three\n", "")
    assert file.read_text() == CONFIG
    assert ns(file, "-", "-f")[0] == 1
    assert ns(both, "-", "-f", **inside) == (0, "", '✔ Active namespace is "default".\n')
