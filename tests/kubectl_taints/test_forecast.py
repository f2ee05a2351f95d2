"""The rules of the forecast, each as a table."""

import pytest

from kubectl_fieldkit.objects.meta import Annotations, ObjectMeta, OwnerReference
from kubectl_fieldkit.objects.node import Node, NodeMeta, NodeSpec, Taint
from kubectl_fieldkit.objects.pod import Pod, PodSpec, PodStatus, Toleration
from kubectl_taints.changes import TaintChange, change, undo
from kubectl_taints.forecast import fate_of
from kubectl_taints.owners import comes_back, owner_of

OLD, NEW = Taint("old", "NoExecute"), Taint("new", "NoExecute")
ONLY = Taint("only", "NoSchedule")


def stands(key: str, seconds: int | None = None) -> Toleration:
    """A toleration of a key."""
    return Toleration(key=key, operator="Exists", toleration_seconds=seconds)


@pytest.mark.parametrize(
    ("tolerations", "before", "after", "fate"),
    [
        ([], [], [NEW], ("evicted-now", 0)),
        ([], [], [ONLY], ("stays", None)),
        ([stands("new")], [], [NEW], ("stays", None)),
        ([stands("new", 0)], [], [NEW], ("evicted-now", 0)),
        ([stands("new", -5)], [], [NEW], ("evicted-now", 0)),
        ([stands("new", 9)], [], [NEW], ("evicted-later", 9)),
        ([stands("new", 9), stands("new", 3)], [], [NEW], ("evicted-later", 9)),
        ([stands("old", 9), stands("new", 3)], [], [NEW, OLD], ("evicted-later", 3)),
        ([stands("new")], [OLD], [NEW, OLD], ("leaving", None)),
        ([stands("new")], [OLD], [NEW], ("leaving", None)),
        ([stands("old")], [OLD], [NEW, OLD], ("evicted-now", 0)),
        ([stands("old", 9)], [OLD], [NEW, OLD], ("evicted-now", 0)),
        ([stands("old", 9), stands("new")], [OLD], [NEW, OLD], ("due", None)),
        ([stands("old", 9), stands("new", 3)], [OLD], [NEW, OLD], ("due", None)),
        ([stands("old", 9), stands("new", 0)], [OLD], [NEW, OLD], ("due", None)),
        ([stands("old", 9)], [OLD], [], ("spared", None)),
        ([stands("old", 9), stands("new")], [OLD, NEW], [NEW], ("spared", None)),
        ([stands("old", 9), stands("new", 30)], [OLD, NEW], [NEW], ("due", None)),
        ([stands("old")], [OLD], [], ("stays", None)),
    ],
)
def test_the_fate_of_a_pod(
    tolerations: list[Toleration],
    before: list[Taint],
    after: list[Taint],
    fate: tuple[str, int | None],
) -> None:
    """Only what the change moves is news; a deletion that is scheduled stands, unless refused or freed."""
    assert fate_of(Pod(spec=PodSpec(tolerations=tolerations)), before, after) == fate


def owned(kind: str, name: str = "x", hash_: str = "", phase: str = "Running") -> Pod:
    """A pod with a controller."""
    owner = OwnerReference(kind=kind, name=name, controller=True)
    labels = {"pod-template-hash": hash_} if hash_ else {}
    return Pod(
        metadata=ObjectMeta(owner_references=[owner], labels=labels),
        spec=PodSpec(tolerations=[stands("new", 5)]),
        status=PodStatus(phase=phase),
    )


@pytest.mark.parametrize(
    ("pod", "owner"),
    [
        (Pod(), ""),
        (Pod(metadata=ObjectMeta(owner_references=[OwnerReference(kind="Job", name="a")])), ""),
        (owned("StatefulSet", "db"), "StatefulSet/db"),
        (owned("ReplicaSet", "web-5d9c", "5d9c"), "Deployment/web"),
        (owned("ReplicaSet", "web-5d9c"), "ReplicaSet/web-5d9c"),
        (owned("ReplicaSet", "web-5d9c", "d9c"), "ReplicaSet/web-5d9c"),
        (owned("Rollout", "web-5d9c", "5d9c"), "Rollout/web-5d9c"),
    ],
)
def test_the_owner(pod: Pod, owner: str) -> None:
    """The controller, and for a Deployment's ReplicaSet the Deployment."""
    assert owner_of(pod) == owner


@pytest.mark.parametrize(
    ("pod", "taints", "how"),
    [
        (Pod(), [NEW], "never"),
        (Pod(metadata=ObjectMeta(annotations=Annotations(mirror="1"))), [NEW], "here"),
        (owned("Job", phase="Succeeded"), [NEW], "finished"),
        (owned("Job", phase="Failed"), [NEW], "finished"),
        (owned("Job"), [NEW], "failure-of-job"),
        (owned("StatefulSet"), [NEW], "by-owner"),
        (owned("DaemonSet"), [NEW], "here"),
        (owned("DaemonSet"), [NEW, ONLY], "not-here"),
    ],
)
def test_how_a_pod_comes_back(pod: Pod, taints: list[Taint], how: str) -> None:
    """By its owner, its kubelet, or not at all."""
    assert comes_back(pod, taints) == how


def node(name: str, *taints: Taint) -> Node:
    """A node with these taints."""
    return Node(metadata=NodeMeta(name=name), spec=NodeSpec(taints=list(taints)))


@pytest.mark.parametrize(
    ("asked", "operation", "after"),
    [
        (TaintChange(add=(NEW,)), "tainted", (NEW, OLD)),
        (TaintChange(add=(OLD,)), "unchanged", (OLD,)),
        (TaintChange(add=(OLD, NEW)), "tainted", (NEW, OLD)),
        (
            TaintChange(add=(Taint("old", "NoExecute", "x"),), overwrite=True),
            "modified",
            (Taint("old", "NoExecute", "x"),),
        ),
        (TaintChange(remove=(Taint("old"),)), "untainted", ()),
        (TaintChange(remove=(Taint("old", "NoSchedule"),)), "unchanged", (OLD,)),
        (TaintChange(remove_all=True), "untainted", ()),
    ],
)
def test_a_change(asked: TaintChange, operation: str, after: tuple[Taint, ...]) -> None:
    """kubectl's word for it, and the taints, new ones first."""
    changed = change(node("w", OLD), asked)
    assert (changed.operation, changed.after) == (operation, after)


def test_undo_lines_are_shared_and_lead_to_the_same_cluster() -> None:
    """Nodes that need the same have one line, with the flags of the connection, quoted for a shell."""
    tainted = [change(node(name), TaintChange(add=(NEW,))) for name in ("a", "b")]
    freed = change(node("c", OLD, ONLY), TaintChange(remove_all=True))
    nothing = change(node("d", NEW), TaintChange(add=(NEW,)))
    assert undo([*tainted, freed, nothing], ["--context=my cluster"]) == [
        "kubectl taints remove a b new:NoExecute '--context=my cluster'",
        "kubectl taints add c old:NoExecute only:NoSchedule --overwrite '--context=my cluster'",
    ]
