"""Every fix that is proposed helps, and none of its changes can be left out: upstream's own scheduler says so."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from kubectl_why_pending.fixes.change import Fix
from tests.kubectl_why_pending.clusters.random_cluster import random_cluster
from tests.kubectl_why_pending.clusters.scene import Thing
from tests.kubectl_why_pending.fixing import fixes_of, node_of, pod_of, question_of, with_changes
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

CLUSTERS = 400
SORTS = {
    "tolerate",
    "node affinity",
    "request",
    "host port",
    "spread",
    "podAffinity",
    "label",
    "uncordon",
    "remove taint",
    "add node",
    "delete pod",
    "PersistentVolumeClaim",
    "PersistentVolume",
}


def _questions(question: Thing, fix: Fix) -> Iterator[tuple[Thing, bool]]:
    """The fix whole, which must help, and without each of its changes, which must not."""
    yield with_changes(question, fix.changes), True
    for left_out in fix.changes:
        yield with_changes(question, [c for c in fix.changes if c is not left_out]), False


def test_upstream_agrees_that_each_fix_is_one(oracle: Oracle) -> None:
    """400 random clusters: with every change the pod fits where we say, with one less nowhere."""
    random, seen = rng("why-pending fixes"), Counter[str]()
    asked: list[tuple[Thing, bool, Fix]] = []
    for number in range(4 * cases(CLUSTERS)):
        if number >= cases(CLUSTERS) and set(seen) >= SORTS:
            break  # the rarest sorts may take some more clusters
        question = random_cluster(random).question
        for fix in fixes_of(question):
            asked += [(q, helps, fix) for q, helps in _questions(question, fix)]
            seen.update(change.sort for change in fix.changes)
            assert len(fix.changes) <= 3
    _check(oracle, asked)
    assert SORTS - set(seen) == set()


def _check(oracle: Oracle, asked: Sequence[tuple[Thing, bool, Fix]]) -> None:
    answers = oracle.ask("schedule", (question for question, _, _ in asked))
    for (question, helps, fix), answer in zip(asked, answers, strict=True):
        fits = tuple(sorted(answer.get("fits", [])))
        assert fits == (fix.nodes if helps else ()), (fix, answer, question)


def test_a_pod_that_avoids_others_is_told_of_them(oracle: Oracle) -> None:
    """It avoids them no longer, has a node of its own, or they go."""
    label = {"app": "web"}
    term = {"labelSelector": {"matchLabels": label}, "topologyKey": "kubernetes.io/hostname"}
    required = {"requiredDuringSchedulingIgnoredDuringExecution": [term]}
    there, pod = pod_of("web-0", nodeName="taken"), pod_of("web-1")
    pod["spec"]["affinity"] = {"podAntiAffinity": required}
    for each in (there, pod):
        each["metadata"]["labels"] = label
    space = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "default"}}
    question = question_of(pod, node_of("taken"), there, space)
    fixes = fixes_of(question)
    sorts = [change.sort for fix in fixes for change in fix.changes]
    assert sorts == ["podAntiAffinity", "add node", "delete pod"]
    _check(oracle, [(q, helps, fix) for fix in fixes for q, helps in _questions(question, fix)])


def test_fixes_are_told_cheapest_first() -> None:
    """On 100 random clusters, and never more than eight."""
    random, several = rng("why-pending order of fixes"), 0
    for _ in range(cases(100)):
        costs = [fix.cost for fix in fixes_of(random_cluster(random).question)]
        assert costs == sorted(costs)
        assert len(costs) <= 8
        several += len(costs) > 1
    assert several > 0


@pytest.mark.parametrize(
    "key",
    [
        "node.kubernetes.io/not-ready",
        "node.kubernetes.io/disk-pressure",
        "node.cloudprovider.kubernetes.io/shutdown",
        "ToBeDeletedByClusterAutoscaler",
    ],
)
def test_a_controllers_taint_is_never_to_be_removed_or_tolerated(key: str) -> None:
    """It comes back, or says that pods cannot run there: only another node would do."""
    node = node_of("sick", taints=[{"key": key, "effect": "NoSchedule"}])
    fixes = fixes_of(question_of(pod_of("web"), node))
    assert [[change.title for change in fix.changes] for fix in fixes] == [["add a node like sick"]]


def test_a_cordon_goes_with_the_taint_that_it_brings() -> None:
    """Every cordoned node of a live cluster has both, and uncordoning is the one change."""
    taint = {"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"}
    node = node_of("away", taints=[taint], unschedulable=True)
    [uncordon, another] = fixes_of(question_of(pod_of("web"), node))
    assert [change.command for change in uncordon.changes] == ["kubectl uncordon away"]
    assert another.nodes == ("away-more",)


@pytest.mark.parametrize("key", ["topology.kubernetes.io/zone", "kubernetes.io/arch"])
def test_no_label_is_proposed_that_would_be_a_lie(key: str) -> None:
    """The zone and the architecture of a machine are what they are; another label may be set."""
    node = node_of("here")
    fixes = fixes_of(question_of(pod_of("web", nodeSelector={key: "b"}), node))
    assert [change.sort for fix in fixes for change in fix.changes] == ["node affinity"]
    fixes = fixes_of(question_of(pod_of("web", nodeSelector={"disk": "ssd"}), node))
    assert "label" in [change.sort for fix in fixes for change in fix.changes]


def test_a_daemons_pod_stays_with_its_node() -> None:
    """Its controller ties it there: no other node is proposed for it."""
    field = {"key": "metadata.name", "operator": "In", "values": ["full"]}
    terms = {"nodeSelectorTerms": [{"matchFields": [field]}]}
    required = {"requiredDuringSchedulingIgnoredDuringExecution": terms}
    pod = pod_of("agent-x", affinity={"nodeAffinity": required})
    pod["metadata"]["ownerReferences"] = [
        {"apiVersion": "apps/v1", "kind": "DaemonSet", "name": "agent", "controller": True}
    ]
    taint = {"key": "dedicated", "value": "gpu", "effect": "NoSchedule"}
    fixes = fixes_of(question_of(pod, node_of("full", taints=[taint]), node_of("empty")))
    assert {fix.nodes for fix in fixes} == {("full",)}


def test_the_nearest_of_many_nodes_is_found() -> None:
    """Of 2,000 nodes, tainted in 40 ways and mostly too small, the one with the least in its way."""
    nodes = [
        node_of(f"n{i}", taints=[{"key": f"kind-{i % 40}", "effect": "NoSchedule"}])
        for i in range(2000)
    ]
    nodes[1234]["status"]["allocatable"]["cpu"] = "8"
    pod = pod_of("web", containers=[{"name": "main", "resources": {"requests": {"cpu": "6"}}}])
    first = fixes_of(question_of(pod, *nodes))[0]
    assert [change.title for change in first.changes] == ["tolerate kind-34:NoSchedule"]
    assert first.nodes == ("n1234",)
