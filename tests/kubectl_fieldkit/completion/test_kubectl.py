"""`kubectl __complete NAME …`: what the real kubectl hears of each plugin's completer."""

import time
from pathlib import Path

import pytest

from tests.kubectl_fieldkit.completion.installed import PATIENCE, PLUGINS, run
from tests.lab.lab import Lab


def _complete(lab: Lab, environ: dict[str, str], *words: str) -> tuple[dict[str, str], str]:
    """The choices with their help, and the directive; asked again for as long as there is none."""
    deadline = time.monotonic() + PATIENCE
    while True:
        done = run([lab.kubectl_path, "__complete", *words], environ)
        assert done.returncode == 0
        assert "Error" not in done.stderr
        *lines, directive = done.stdout.splitlines()
        if lines or directive != ":4":
            return dict(_split(line) for line in lines), directive
        assert time.monotonic() < deadline, f"no choices for {words}"


def _split(line: str) -> tuple[str, str]:
    text, _, help_ = line.partition("\t")
    return text, help_


@pytest.mark.parametrize("plugin", PLUGINS)
def test_every_plugin_has_its_verbs_and_flags(
    cluster: Lab, plugins: dict[str, str], plugin: str
) -> None:
    """With help beside them; `completion` is a verb of each."""
    found, directive = _complete(cluster, plugins, plugin, "comp")
    assert found["completion"].startswith("Complete what this plugin takes")
    assert directive == ":4"
    found, _ = _complete(cluster, plugins, plugin, "--out")
    assert "json" in found["--output"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("taints tab-", ["tab-2", "tab-10"]),
        ("taints tab-2 tab-", ["tab-10"]),
        ("taints node/tab-", ["node/tab-2", "node/tab-10"]),
        ("taints add tab-", ["tab-2", "tab-10"]),
        ("taints --for deploy/tab", ["deploy/tab-web"]),
        ("taints --for deployment.apps/tab", ["deployment.apps/tab-web"]),
        ("taints -n kube-s", ["kube-system"]),
        ("taints --context ", ["lab"]),
        ("taints --context=", ["lab"]),
        ("taints --user ", ["lab"]),
        ("taints --cluster ", ["lab"]),
        ("why-pending tab-", ["tab-pod"]),
        ("why-pending deploy/tab", ["deploy/tab-web"]),
        ("why-pending deploy tab", ["tab-web"]),
        ("why-pending --node tab-1", ["tab-10"]),
        ("psa-audit deploy/t", ["deploy/tab-web"]),
        ("psa-audit deploy t", ["tab-web"]),
        ("psa-audit lint -n kube-p", ["kube-public"]),
        ("proxy-mode tab-", ["tab-2", "tab-10"]),
        ("proxy-mode lint tab-1", ["tab-10"]),
        ("ctx l", ["lint", "lab"]),
        ("ctx -d ", ["lab"]),
        ("ctx rename ", ["lab"]),
        ("ctx new=", ["new=lab"]),
        ("ctx lab -n kube-s", ["kube-system"]),
        ("ns kube-s", ["kube-system"]),
        ("ns switch kube-p", ["kube-public"]),
        ("neat deploy/t", ["deploy/tab-web"]),
        ("neat no tab-1", ["tab-10"]),
        ("neat get -- pods tab", ["tab-pod"]),
    ],
)
def test_live_names(cluster: Lab, plugins: dict[str, str], line: str, names: list[str]) -> None:
    """Of the kind that the plugin's word or flag means, in the cluster that the line means."""
    found, directive = _complete(cluster, plugins, *line.split(" "))
    assert set(names) <= found.keys()
    assert [name for name in found if name in names] == sorted(names, key=list(found).index)
    assert {name for name in found if name.startswith("tab-")} <= set(names)
    assert directive == ":4"


REPAIR = ["tab-repair:NoExecute-", "tab-repair:NoSchedule-"]


@pytest.mark.parametrize(
    ("line", "taints"),
    [
        ("tab-2 ", ["tab-dedicated:NoSchedule-", *REPAIR]),
        ("tab-2 tab-r", REPAIR),
        ("node/tab-2 tab-repair:No", REPAIR),
        ("nodes tab-10 tab-2 tab-r", REPAIR),
        ("tab-2 tab-repair:NoExecute- tab-r", REPAIR[1:]),
        ("--all tab-r", REPAIR),
        ("-l kubernetes.io/hostname=tab-2 tab-r", REPAIR),
        ("-l kubernetes.io/hostname=tab-10 tab-r", []),
    ],
)
def test_taints_of_the_nodes_on_the_line(
    cluster: Lab, plugins: dict[str, str], line: str, taints: list[str]
) -> None:
    """In words that the verb takes; at an empty word no other nodes among them."""
    words = f"taints remove {line}".split(" ")
    if not taints:
        assert "tab-r" not in run([cluster.kubectl_path, "__complete", *words], plugins).stdout
        return
    found, directive = _complete(cluster, plugins, *words)
    assert ([name for name in found if name.startswith("tab-")], directive) == (taints, ":4")
    removing = [*words[:-1], taints[0], "--dry-run=server", "-o", "json"]
    done = run([cluster.kubectl_path, *removing], plugins)
    assert (done.returncode, done.stderr) == (0, "")
    assert taints[0].removesuffix("-").partition(":")[0] in done.stdout


@pytest.mark.parametrize("line", ["", "tab-10 ", "tab-2 tab-"])
def test_nodes_to_remove_from(cluster: Lab, plugins: dict[str, str], line: str) -> None:
    """Where no node was named, or several may be meant."""
    found, _ = _complete(cluster, plugins, *f"taints remove {line}".split(" "))
    assert ("tab-2" in found) == ("tab-2" not in line)
    assert ("tab-10" in found) == ("tab-10" not in line)


@pytest.mark.parametrize("verb", ["add", "remove"])
def test_no_node_comes_behind_a_taint(cluster: Lab, plugins: dict[str, str], verb: str) -> None:
    """As kubectl wants them: first the nodes."""
    words = ["taints", verb, "tab-2", "tab-new:NoSchedule", "tab-1"]
    assert run([cluster.kubectl_path, "__complete", *words], plugins).stdout == ":4\n"


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("psa-audit dep", {"deployment/": "apps/v1 Deployment"}),
        ("taints --for cron", {"cronjob/": "batch/v1 CronJob"}),
        ("neat configm", {"configmaps/": "v1 ConfigMap"}),
    ],
)
def test_kinds(cluster: Lab, plugins: dict[str, str], line: str, kinds: dict[str, str]) -> None:
    """No space follows: a name does."""
    assert _complete(cluster, plugins, *line.split(" ")) == (kinds, ":6")


@pytest.mark.parametrize(
    ("line", "directive"),
    [("taints --snapshot ", ":0"), ("neat -f ", ":0"), ("neat export --output-dir ", ":16")],
)
def test_files(cluster: Lab, plugins: dict[str, str], line: str, directive: str) -> None:
    """The shell's own completion knows them."""
    assert _complete(cluster, plugins, *line.split(" ")) == ({}, directive)


def test_the_rights_of_the_user_count(cluster: Lab, plugins: dict[str, str]) -> None:
    """Who may list no nodes is offered none, and is told nothing at the prompt."""
    environ = plugins | {"KUBECONFIG": str(cluster.user("tab-nobody", ""))}
    done = run([cluster.kubectl_path, "__complete", "taints", "tab-"], environ)
    assert (done.returncode, done.stdout) == (0, ":4\n")


def test_namespaces_that_may_not_be_listed(
    cluster: Lab, plugins: dict[str, str], tmp_path: Path
) -> None:
    """Those that were gone to before are remembered."""
    file = tmp_path / "config"
    file.write_bytes(cluster.user("tab-nobody", "").read_bytes())
    environ = plugins | {"KUBECONFIG": str(file), "XDG_STATE_HOME": str(tmp_path)}
    for namespace in ("shop", "web"):
        assert run([cluster.kubectl_path, "ns", namespace, "-f"], environ).returncode == 0
    assert _complete(cluster, environ, "ns", "sh") == ({"shop": ""}, ":4")
    assert _complete(cluster, environ, "taints", "-n", "") == ({"shop": "", "web": ""}, ":4")


def test_kubectl_warns_of_nothing(cluster: Lab, plugins: dict[str, str]) -> None:
    """`kubectl plugin list` takes no completer for a plugin."""
    alone = plugins | {"PATH": plugins["PATH"].partition(":")[0]}
    done = run([cluster.kubectl_path, "plugin", "list"], alone)
    assert (done.returncode, done.stderr) == (0, "")
    assert "kubectl-taints" in done.stdout
    assert "kubectl_complete" not in done.stdout
