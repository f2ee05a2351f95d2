"""Topology spread and affinity between pods: upstream's verdicts, and what an operator reads behind them."""

from random import Random
from typing import Any

import pytest

from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_why_pending.objects.pod import PODS
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.cycle import explain, run_pre_filters, schedule
from kubectl_why_pending.scheduler.filters.inter_pod_affinity import InterPodAffinity
from kubectl_why_pending.scheduler.filters.pod_topology_spread import PodTopologySpread
from kubectl_why_pending.scheduler.pod_info import PodInfo, waiting
from tests.kubectl_why_pending.clusters.claims_to_nodes import add_preemption
from tests.kubectl_why_pending.clusters.nodes_and_pods import add_base
from tests.kubectl_why_pending.clusters.placing import add_taints
from tests.kubectl_why_pending.clusters.scene import Scene, Thing
from tests.kubectl_why_pending.clusters.topology import add_topology
from tests.kubectl_why_pending.judging import cluster_of, differences, judge
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

CLUSTERS = 400
ZONE, HOST = "topology.kubernetes.io/zone", "kubernetes.io/hostname"
WEB: Thing = {"matchLabels": {"app": "web"}}


def test_upstream_agrees_on_topology(oracle: Oracle) -> None:
    """Clusters in which nothing but topology, taints, room and priorities is in the way."""
    random = rng("why-pending topology")
    questions = [_scattered(random).question for _ in range(cases(CLUSTERS))]
    for question, answer in zip(questions, oracle.ask("schedule", questions), strict=True):
        assert "error" not in answer, answer
        assert differences(judge(question), answer) == [], question


def test_every_refusal_is_explained_and_nothing_else() -> None:
    """Whatever the counts refuse has a pod or a label behind it that explains it, and what they let pass has none."""
    random = rng("why-pending topology words")
    for _ in range(cases(CLUSTERS)):
        cluster, pod = _asked(_scattered(random).objects)
        for plugin in run_pre_filters(pod, cluster).filters:
            if not isinstance(plugin, InterPodAffinity | PodTopologySpread):
                continue
            for node in cluster.nodes.values():
                refusal, told = plugin.filter(node), plugin.explain(node)
                assert [failure.reason for failure in told[:1]] == list(
                    refusal.reasons if refusal else ()
                )
                assert all(failure.detail for failure in told)


def _scattered(random: Random) -> Scene:
    """Often all others are lesser pods, so that preemption is tried."""
    scene = Scene(random)
    add_base(scene)
    if scene.chance(0.3):
        add_taints(scene)
    add_topology(scene)
    if scene.chance(0.8):
        add_preemption(scene)
    if scene.chance(0.5):
        scene.pod["spec"] |= {"priority": 2000, "preemptionPolicy": "PreemptLowerPriority"}
        for pod in scene.pods:
            pod["spec"]["priority"] = scene.random.choice([0, 10])
    return scene


def _asked(objects: list[Thing]) -> tuple[Cluster, PodInfo]:
    cluster = cluster_of(objects)
    pods = {pod.metadata.name: pod for pod in cluster.all(PODS)}
    return cluster, waiting(pods["pod-in-question"])


INVALID: list[Thing] = [
    {"matchExpressions": [{"key": "app", "operator": "Is", "values": ["a"]}]},
    {"matchExpressions": [{"key": "app", "operator": "NotIn"}]},
    {"matchExpressions": [{"key": "app", "operator": "Exists", "values": ["a", "b"]}]},
]


@pytest.mark.parametrize("selector", INVALID)
def test_upstream_agrees_on_invalid_selectors(oracle: Oracle, selector: Thing) -> None:
    """One of the pod ends the cycle, in upstream's words; one of another pod costs that one all its terms."""
    both = _join(ZONE, selector) | _avoid(ZONE, {}) | _avoid(ZONE, selector)
    specs: list[Thing] = [_spread(ZONE, selector), _affinity(**_avoid(ZONE, selector))]
    specs += [_affinity(**both), {}]
    questions = [
        _question(
            [_node("a", "z")], _pod("other", "a", **_affinity(**_avoid(HOST, WEB, selector))), spec
        )
        for spec in specs
    ]
    for question, answer in zip(questions, oracle.ask("schedule", questions), strict=True):
        assert differences(judge(question), answer) == [], question


def test_pods_with_a_claim_to_a_node_count_in_its_domain(oracle: Oracle) -> None:
    """Two of them put the emptiest domain ahead of the other, which is the emptiest then."""
    coming = [_pod(f"coming-{n}", schedulingGates=[{"name": "fieldkit/wait"}]) for n in (1, 2)]
    for pod in coming:
        pod["status"]["nominatedNodeName"] = "a"
    nodes = [_node("a", "x"), _node("b", "y")]
    question = _question(nodes, _pod("there", "b"), *coming, _spread(ZONE, WEB))
    answer = next(iter(oracle.ask("schedule", [question])))
    assert differences(judge(question), answer) == []
    assert answer["refusals"]["a"]["plugin"] == "PodTopologySpread"


def _question(nodes: list[Thing], *others: Thing) -> Thing:
    *pods, spec = others
    objects = [*nodes, *pods, _pod("pod-in-question", **spec)]
    return {"pod": "default/pod-in-question", "objects": objects}


def _node(name: str, zone: str | None = None) -> Thing:
    labels = {HOST: name} | ({} if zone is None else {ZONE: zone})
    status = {"allocatable": {"cpu": "4", "memory": "4Gi", "pods": "9"}}
    meta = {"name": name, "labels": labels}
    return {"apiVersion": "v1", "kind": "Node", "metadata": meta, "spec": {}, "status": status}


def _pod(name: str, node: str = "", app: str = "web", space: str = "default", **spec: Any) -> Thing:
    meta = {"name": name, "namespace": space, "uid": name, "labels": {"app": app}}
    spec = {"schedulerName": "default-scheduler", "containers": [], **spec}
    if node:
        spec["nodeName"] = node
    return {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": spec, "status": {}}


def _spread(key: str, selector: Thing, **more: Any) -> Thing:
    constraint = {"topologyKey": key, "labelSelector": selector, "maxSkew": 1, **more}
    constraint["whenUnsatisfiable"] = "DoNotSchedule"
    return {"topologySpreadConstraints": [constraint]}


def _terms(key: str, selectors: tuple[Thing, ...], more: Thing) -> Thing:
    terms = [{"topologyKey": key, "labelSelector": selector, **more} for selector in selectors]
    return {"requiredDuringSchedulingIgnoredDuringExecution": terms}


def _join(key: str, *selectors: Thing, **more: Any) -> Thing:
    return {"podAffinity": _terms(key, selectors, more)}


def _avoid(key: str, *selectors: Thing, **more: Any) -> Thing:
    return {"podAntiAffinity": _terms(key, selectors, more)}


def _affinity(**kinds: Thing) -> Thing:
    return {"affinity": kinds}


def _app(name: str) -> Thing:
    return {"matchLabels": {"app": name}}


EVERYWHERE: Thing = {"namespaceSelector": {}}
NODES = [_node("a", "x"), _node("b", "y"), _node("c")]


@pytest.mark.parametrize(
    ("spec", "pods", "told"),
    [
        (
            _spread(ZONE, WEB),
            [_pod("p", "a"), _pod("q", "a")],
            f"{ZONE}: x has 2, y has 0; here the skew would be 3, at most 1",
        ),
        (
            _spread(ZONE, WEB, minDomains=3),
            [_pod("p", "a"), _pod("q", "b")],
            f"{ZONE}: x has 1, y has 1; here the skew would be 2, at most 1 "
            "(2 of at least 3 domains, so the fewest is 0)",
        ),
        (
            _affinity(**_avoid(ZONE, _app("db"), WEB)),
            [_pod("p", "a"), _pod("q", "a")],
            f"avoids pods (app=web) in {ZONE}=x: pod default/p on a and 1 more",
        ),
        (
            _affinity(**_avoid(HOST, WEB, namespaces=["team"])),
            [_pod("p", "a", space="team")],
            f"avoids pods (app=web) of namespace team in {HOST}=a: pod team/p on a",
        ),
        (
            {},
            [_pod("p", "a", **_affinity(**_avoid(ZONE, WEB))), _pod("q", "a")],
            f"is avoided in {ZONE}=x by pod default/p on a (which avoids app=web)",
        ),
        (
            _affinity(**_join(ZONE, _app("db"))),
            [_pod("p", "b", "db"), _pod("q", "a", "db", space="team")],
            f"must join a pod (app=db) in {ZONE}=x: there is one in y (pod default/p on b)",
        ),
        (
            _affinity(**_join(ZONE, _app("db"), **EVERYWHERE)),
            [_pod("p", "c", "db")],
            f"must join a pod (app=db) of every namespace in {ZONE}=x: "
            "no node with that label has one, and this pod does not match either, so it cannot be the first",
        ),
        (
            _affinity(**_join(HOST, _app("db"), {"matchExpressions": []})),
            [_pod("p", "a"), _pod("q", "b", "db")],
            f"must join a pod (app=db) that meets all 2 terms in {HOST}=a: "
            "there is one in b (pod default/q on b)",
        ),
    ],
)
def test_a_refusal_is_told_with_pods_and_numbers(spec: Thing, pods: list[Thing], told: str) -> None:
    """Which domain has how many, which pod is in the way by which term, or where the nearest one is."""
    assert told in _told("a", [*NODES, *pods, _pod("pod-in-question", **spec)])


JOIN_BOTH = {
    "requiredDuringSchedulingIgnoredDuringExecution": [
        {"topologyKey": key, "labelSelector": WEB} for key in (HOST, ZONE)
    ]
}


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        (_spread(ZONE, WEB), f"the node has no label {ZONE}"),
        (
            _affinity(podAffinity=JOIN_BOTH),
            f"must join a pod (app=web) that meets all 2 terms: the node has no label {ZONE}",
        ),
    ],
)
def test_a_node_outside_of_all_domains_lacks_a_label(spec: Thing, told: str) -> None:
    """Which one, is told; the first pod of its kind needs it too."""
    assert _told("c", [*NODES, _pod("pod-in-question", **spec)]) == [told]


def _told(node: str, objects: list[Thing]) -> list[str]:
    cluster, pod = _asked(objects)
    verdict = schedule(pod, cluster)
    assert node in verdict.rejections
    return [failure.detail for failure in explain(verdict.prepared, cluster.nodes[node])]


def test_namespaces_that_could_not_be_read_leave_it_unknown() -> None:
    """Where a term of the pod, or of a pod that may avoid it, selects namespaces by label; else nothing is lost."""
    term = _affinity(**_avoid(ZONE, WEB, namespaceSelector={"matchLabels": {"team": "a"}}))
    ours = [*NODES, _pod("pod-in-question", **term)]
    theirs = [*NODES, _pod("p", "a", **term), _pod("pod-in-question")]
    promised = {
        **_pod("p", **term),
        "status": {"nominatedNodeName": "a"},
    }
    neither = [*NODES, _pod("p", "a", **_affinity(**_avoid(ZONE, WEB))), _pod("pod-in-question")]
    selecting = (ours, theirs, [*NODES, promised, _pod("pod-in-question")])
    found = [_unknown_without_namespaces(objects) for objects in (*selecting, neither)]
    assert found == [{"InterPodAffinity": "namespaces"}] * 3 + [{}]


def _unknown_without_namespaces(objects: list[Thing]) -> Thing:
    whole, pod = _asked(objects)
    lists = {**whole.lists, NAMESPACES: None}
    return dict(run_pre_filters(pod, Cluster(lists)).unknown)
