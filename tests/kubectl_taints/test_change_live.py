"""`kubectl taints add` and `remove` on a real API server: what they leave, and what they say."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
import yaml

from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.cluster.writing import Patch
from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.node import NODES, Taint
from kubectl_fieldkit.reading import Objects, Request
from kubectl_fieldkit.verbs import parse
from kubectl_taints.changes import TaintChange, change
from kubectl_taints.cli import VERBS
from kubectl_taints.writing import carry_out
from tests.kubectl_fieldkit.cluster.listener import Listener, cut_short
from tests.kubectl_taints.bound_pods import create
from tests.kubectl_taints.plugin import COMMAND, environ, taints
from tests.lab.api import MERGE_PATCH
from tests.lab.lab import Lab
from tests.seeds import cases, rng

RBAC = Path(__file__).parent.parent.parent / "docs" / "rbac" / "taints-change.yaml"
T = TypeVar("T", bound=KubeObject)

EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")
Found = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def cluster(own_lab: Lab) -> Lab:
    """A control plane with nodes that nothing else writes."""
    for name in ("ours", "kubectls", "w-0", "w-1"):
        own_lab.add_node(name)
    return own_lab


@pytest.fixture(autouse=True)
def clean(cluster: Lab) -> Iterator[None]:
    """Each test finds the nodes without taints."""
    yield
    for name in ("ours", "kubectls", "w-0", "w-1"):
        put(cluster, name, [])


def put(lab: Lab, node: str, there: list[dict[str, str]]) -> None:
    """Gives a node exactly these taints."""
    body = {"spec": {"taints": there}}
    lab.api.send("PATCH", f"/api/v1/nodes/{node}", body, MERGE_PATCH)


def on(lab: Lab, node: str) -> Found:
    """The taints of a node as (key, value, effect)."""
    there = lab.api.send("GET", f"/api/v1/nodes/{node}")["spec"].get("taints", [])
    return {(taint["key"], taint.get("value", ""), taint["effect"]) for taint in there}


def any_taints(rand: Random) -> list[dict[str, str]]:
    """Some taints, each key and effect once."""
    pairs = [(key, effect) for key in ("a", "b", "ex.io/c") for effect in EFFECTS]
    chosen = rand.sample(pairs, rand.randrange(5))
    return [{"key": k, "value": rand.choice(["", "x", "y"]), "effect": e} for k, e in chosen]


def any_call(rand: Random, there: list[dict[str, str]]) -> tuple[str, list[str], list[str]]:
    """A verb, its taints and its flags; what is removed is there, more often than not."""
    if rand.random() < 0.5:
        fresh = any_taints(rand) or [{"key": "a", "value": "", "effect": "NoSchedule"}]
        return "add", [_spell(rand, taint) for taint in fresh], rand.choice([[], ["--overwrite"]])
    known = rand.random() < 0.8 and rand.sample(there, min(len(there), rand.choice([1, 1, 2])))
    gone = known or any_taints(rand) or [{"key": "a", "value": "", "effect": "NoSchedule"}]
    specs = [t["key"] if rand.random() < 0.3 else _spell(rand, t) for t in gone]
    return "remove", [f"{spec}-" for spec in specs], []


def _spell(rand: Random, taint: dict[str, str]) -> str:
    equals = "=" if taint["value"] or rand.random() < 0.2 else ""
    return f"{taint['key']}{equals}{taint['value']}:{taint['effect']}"


def test_the_same_taints_as_kubectl_leaves(cluster: Lab) -> None:
    """Random calls, each on equal nodes; what is an error to kubectl alone is nothing to do for us."""
    rand, lab = rng("taints like kubectl"), cluster
    done = {"add": 0, "remove": 0}
    for _ in range(cases(100)):
        there = any_taints(rand)
        verb, specs, flags = any_call(rand, there)
        for node in ("ours", "kubectls"):
            put(lab, node, there)
        argv = [verb, "ours", *specs, *flags, "--yes", "--kubeconfig", str(lab.kubeconfig)]
        refused = parse("taints", VERBS, argv).run()
        theirs = lab.kubectl("taint", "node", "kubectls", *specs, *flags, check=False)
        done[verb] += not theirs.returncode
        assert theirs.returncode or not refused
        if theirs.returncode and not refused:
            for spec in specs:
                lab.kubectl("taint", "node", "kubectls", spec, check=False)
        assert on(lab, "ours") == on(lab, "kubectls"), (there, argv)
    assert sum(done.values()) >= cases(60)  # calls that kubectl itself carried out
    assert min(done.values()) >= cases(20)


def test_what_is_there_already_is_no_change(cluster: Lab) -> None:
    """Twice the same is the same: `unchanged`, exit code 0, nothing to undo."""
    kubeconfig = cluster.kubeconfig
    add = ("add", "w-0", "w-1", "a=b:NoSchedule")
    undo = "undo: kubectl taints remove w-0 w-1 a=b:NoSchedule\n"
    assert taints(kubeconfig, *add) == (0, "node/w-0 tainted\nnode/w-1 tainted\n", undo)
    assert taints(kubeconfig, *add) == (0, "node/w-0 unchanged\nnode/w-1 unchanged\n", "")
    remove = ("remove", "w-0", "a-", "never-there:NoExecute")
    undo = "undo: kubectl taints add w-0 a=b:NoSchedule --overwrite\n"
    assert taints(kubeconfig, *remove) == (0, "node/w-0 untainted\n", undo)
    assert taints(kubeconfig, *remove) == (0, "node/w-0 unchanged\n", "")


def test_the_undo_lines_undo(cluster: Lab) -> None:
    """What a change prints brings back what was there, whatever it was."""
    before = [
        {"key": "a", "value": "x", "effect": "NoSchedule"},
        {"key": "b", "effect": "NoExecute"},
        {"key": "b", "effect": "NoSchedule"},
    ]
    put(cluster, "w-0", before)
    there = on(cluster, "w-0")
    flags = ("--kubeconfig", str(cluster.kubeconfig))
    for words in (
        ["add", "w-0", "a=y:NoSchedule", "new:NoExecute", "--overwrite"],
        ["remove", "w-0", "b-"],
        ["remove", "w-0", "--all-taints"],
    ):
        code, _, talk = taints(Path("/nonexistent"), *words, *flags)
        assert (code, on(cluster, "w-0") == there) == (0, False)
        for line in talk[talk.index("undo: ") :].splitlines():
            undo = line.removeprefix("undo: kubectl taints ").split()
            assert taints(Path("/nonexistent"), *undo)[0] == 0
        assert on(cluster, "w-0") == there


def test_one_failure_hides_no_other_and_no_success(cluster: Lab) -> None:
    """Each node is tried, each error told, and the exit code is 1."""
    put(cluster, "w-0", [{"key": "a", "value": "old", "effect": "NoSchedule"}])
    code, shown, talk = taints(
        cluster.kubeconfig, "add", "gone", "w-0", "away", "w-1", "a=new:NoSchedule"
    )
    assert (code, shown) == (1, "node/w-1 tainted\n")
    assert talk == (
        'Error from server (NotFound): nodes "gone" not found\n'
        'Error from server (NotFound): nodes "away" not found\n'
        "error: node w-0 already has a taint(s) with same effect(s) and --overwrite is false\n"
        "undo: kubectl taints remove w-1 a=new:NoSchedule\n"
    )


def test_a_refusal_for_one_node_leaves_the_others(cluster: Lab) -> None:
    """RBAC may allow some nodes and not others."""
    rules = [
        {"apiGroups": [""], "resources": ["nodes"], "verbs": ["get"]},
        {"apiGroups": [""], "resources": ["nodes"], "verbs": ["patch"], "resourceNames": ["w-1"]},
    ]
    user = cluster.user("one-node", role("one-node", rules))
    assert taints(user, "add", "w-0", "w-1", "a:NoSchedule") == (
        1,
        "node/w-1 tainted\n",
        'Error from server (Forbidden): nodes "w-0" is forbidden: User "one-node" cannot patch '
        'resource "nodes" in API group "" at the cluster scope\n'
        "undo: kubectl taints remove w-1 a:NoSchedule\n",
    )


def role(name: str, rules: list[dict[str, list[str]]]) -> str:
    """A ClusterRole's manifest."""
    kind = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole"}
    return yaml.safe_dump({**kind, "metadata": {"name": name}, "rules": rules})


def test_a_connection_that_breaks_ends_it(cluster: Lab) -> None:
    """What was done is told with its undo line, what is not known is said, and no more is tried."""
    place = urlsplit(cluster.server)
    target = (str(place.hostname), int(place.port or 0))
    third = 2  # all reads share a connection, each write has its own
    with Listener(cut_short(target, {third: 1})) as line:
        server = f"https://{line.authority}"
        words = ("add", "w-0", "w-1", "ours", "a:NoSchedule", "--server", server)
        assert taints(cluster.kubeconfig, *words) == (
            1,
            "node/w-0 tainted\n",
            f"Unable to connect to the server: {line.authority} hung up on a TLS handshake "
            f"(is {line.authority} an API server?)\n"
            "node/w-1 may be changed or not, and no later node was tried\n"
            f"undo: kubectl taints remove w-0 a:NoSchedule --server={server}\n",
        )
    assert on(cluster, "w-1") == on(cluster, "ours") == set()


def test_the_document_survives_a_broken_connection(cluster: Lab) -> None:
    """What was done is in the document even when the server cannot be reached any more."""
    place = urlsplit(cluster.server)
    target = (str(place.hostname), int(place.port or 0))
    with Listener(cut_short(target, dict.fromkeys(range(2, 100), 1))) as line:
        flags = ("--server", f"https://{line.authority}", "-o", "json")
        code, shown, _ = taints(cluster.kubeconfig, "add", "w-0", "w-1", "a:NoSchedule", *flags)
    document = json.loads(shown)
    assert (code, document["serverVersion"]) == (1, "v1.37.2")
    assert [node["name"] for node in document["nodes"]] == ["w-0"]
    assert [(node["name"], node["unsure"]) for node in document["failed"]] == [("w-1", True)]


def test_what_was_done_is_told_where_it_cannot_be_printed(cluster: Lab) -> None:
    """A full disk keeps no undo line back."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "add", "w-0", "a:NoSchedule"],
            env=environ(cluster.kubeconfig),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (
        1,
        "undo: kubectl taints remove w-0 a:NoSchedule\n"
        "error: cannot write the output: No space left on device\n",
    )


def test_a_dry_run_of_the_server_changes_nothing(cluster: Lab) -> None:
    """The server has looked at it, and has kept nothing."""
    words = ("add", "w-0", "a:NoSchedule", "--dry-run=server")
    assert taints(cluster.kubeconfig, *words) == (0, "node/w-0 tainted (server dry run)\n", "")
    assert on(cluster, "w-0") == set()


def test_all_nodes_and_those_of_a_selector(cluster: Lab) -> None:
    """`--all` and `-l` find the nodes, by name."""
    hosts = "kubernetes.io/hostname in (w-1, w-0)"
    words = ("add", "-l", hosts, "a:NoSchedule", "-o", "name")
    assert taints(cluster.kubeconfig, *words)[:2] == (0, "node/w-0\nnode/w-1\n")
    assert taints(cluster.kubeconfig, "remove", "--all", "a-")[:2] == (
        0,
        "node/kubectls unchanged\nnode/ours unchanged\nnode/w-0 untainted\nnode/w-1 untainted\n",
    )


def test_the_field_manager_is_told(cluster: Lab) -> None:
    """The server keeps who wrote the taints: the plugin, or who the flag says."""
    for flags, manager in (((), "kubectl-taints"), (("--field-manager", "me"), "me")):
        assert taints(cluster.kubeconfig, "add", "w-0", f"{manager}:NoSchedule", *flags)[0] == 0
        node = json.loads(
            cluster.kubectl("get", "node", "w-0", "--show-managed-fields", "-o", "json").stdout
        )
        managers = {
            entry["manager"]
            for entry in node["metadata"]["managedFields"]
            if "f:taints" in entry["fieldsV1"].get("f:spec", {})
        }
        assert managers == {manager}


def test_the_time_of_another_taint_is_kept(cluster: Lab) -> None:
    """A taint that is not asked about is left as it is, timeAdded and all."""
    there = {"key": "old", "effect": "NoExecute", "timeAdded": "2026-11-25T11:58:20Z"}
    put(cluster, "w-0", [there])
    assert taints(cluster.kubeconfig, "add", "w-0", "a:NoSchedule")[0] == 0
    spec = cluster.api.send("GET", "/api/v1/nodes/w-0")["spec"]
    assert spec["taints"] == [{"key": "a", "effect": "NoSchedule"}, there]


def test_a_recorded_dry_run_prints_the_same(cluster: Lab, tmp_path: Path) -> None:
    """--save-snapshot with --dry-run=client, and the same words asked of the file; a write records nothing."""
    create(cluster, "recorded", "w-1")
    saved = str(tmp_path / "cluster.gz")
    words = ("add", "w-1", "w-9", "a:NoExecute", "--dry-run=client")
    live = taints(cluster.kubeconfig, *words, "--save-snapshot", saved)
    assert (live[0], "Forecast: 1 evicted now" in live[1]) == (1, True)
    assert taints(Path("/nonexistent"), *words, "--snapshot", saved) == live
    cluster.kubectl("delete", "pod", "recorded", "--force", "--grace-period=0")
    assert taints(cluster.kubeconfig, "add", "w-1", "a:NoSchedule", "--save-snapshot", "x") == (
        2,
        "",
        "error: --save-snapshot records what is read, and this command writes\n",
    )


def test_those_who_write_at_once_lose_nothing(cluster: Lab) -> None:
    """Four writers of one node: whoever was slower reads again, and all four taints are there."""
    words = [[*COMMAND, "add", "w-0", f"key-{i}:NoSchedule"] for i in range(4)]
    env = environ(cluster.kubeconfig)
    running = [subprocess.Popen(w, env=env, stderr=subprocess.DEVNULL) for w in words]
    assert [child.wait() for child in running] == [0, 0, 0, 0]
    assert on(cluster, "w-0") == {(f"key-{i}", "", "NoSchedule") for i in range(4)}


class Overtaken(ApiServer):
    """The API server, where each time somebody else writes a moment before us."""

    def __init__(self, lab: Lab) -> None:
        super().__init__(
            find_access(ConnectionFlags(kubeconfig=str(lab.kubeconfig)), {}), environ={}
        )
        self._lab = lab
        self.times = 0

    def patch(self, patch: Patch[T]) -> T:
        """Another taint first, then ours."""
        self.times += 1
        put(self._lab, "w-0", [{"key": f"rival-{self.times}", "effect": "NoSchedule"}])
        return super().patch(patch)


def test_who_is_overtaken_each_time_gives_up(cluster: Lab) -> None:
    """After five tries it is an error, and what the others wrote stands."""
    asked = TaintChange(add=(Taint("ours", "NoSchedule"),))
    with Overtaken(cluster) as server:
        answer = server.read(Request(NODES, name="w-0"))
        assert isinstance(answer, Objects)
        with pytest.raises(FieldkitError) as caught:
            carry_out(server, change(answer.items[0], asked), asked, "tests")
    assert str(caught.value) == (
        "the taints of node w-0 change faster than they can be written (try again)"
    )
    assert (server.times, on(cluster, "w-0")) == (5, {("rival-5", "", "NoSchedule")})


def test_the_documented_rights_are_enough_and_all_needed(cluster: Lab) -> None:
    """docs/rbac/taints-change.yaml: with it everything works, without any one verb something does not."""
    create(cluster, "rights", "w-1")
    whole = yaml.safe_load(RBAC.read_text())["rules"]
    least = cluster.user("change-least", RBAC)
    calls = (
        ("add", "w-0", "a:NoSchedule"),
        ("remove", "-l", "kubernetes.io/hostname=w-0", "a-"),
        ("add", "w-1", "a:NoExecute", "--dry-run=server"),
    )
    assert [problems(least, call) for call in calls] == [False, False, False]
    for i, rule in enumerate(whole):
        for verb in rule["verbs"]:
            rest = [*whole]
            rest[i] = rule | {"verbs": [other for other in rule["verbs"] if other != verb]}
            name = f"change-without-{i}-{verb}"
            poor = cluster.user(name, role(name, [rule for rule in rest if rule["verbs"]]))
            assert any(problems(poor, call) for call in calls), name


def problems(user: Path, call: tuple[str, ...]) -> bool:
    """Whether anything was forbidden."""
    code, shown, talk = taints(user, *call)
    assert code == 0 or "is forbidden" in talk
    return "is forbidden" in shown + talk
