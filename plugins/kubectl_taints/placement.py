"""Which nodes accept a workload as far as taints go, and what would open the others."""

from collections.abc import Iterable, Sequence

from kubectl_fieldkit.envelope import Document
from kubectl_fieldkit.node_affinity import selects
from kubectl_fieldkit.objects.node import Node, Taint
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import NO_SCHEDULE, by_comparison, describe, untolerated
from kubectl_fieldkit.workloads import Workload, pod_spec_path
from kubectl_taints.cordon import UNSCHEDULABLE, has_cordon_taint, is_cordoned
from kubectl_taints.eviction import seconds_to_stay
from kubectl_taints.passing import is_passing
from kubectl_taints.pod_tolerations import tolerations_of


class Against(Document, frozen=True):
    """A taint that is not tolerated.

    `gated` is the Lt or Gt toleration that would match, with the server's gate
    TaintTolerationComparisonOperators, which is off by default.
    """

    taint: str
    gated: str


class Acceptance(Document, frozen=True):
    """Whether a node accepts a pod; `evicted_after_seconds` where it would not stay for ever.

    `accepts` is about taints alone; without `selected` the pod's nodeSelector or required node
    affinity leaves the node out all the same.
    """

    node: str
    selected: bool
    accepts: bool
    evicted_after_seconds: int | None
    against: list[Against]


class Proposal(Document, frozen=True):
    """A toleration that some of the refused nodes wait for.

    `passing` marks a taint that comes and goes with the state of the node.
    """

    key: str
    operator: str
    value: str
    effect: str
    passing: bool
    nodes: list[str]


class Placement(Document, frozen=True):
    """A workload and every node. All of `add` together open all that it selects and that refuse it.

    `add_to` is where the manifest keeps the pod's spec; `origin` is FILE:LINE of a manifest.
    """

    kind: str
    namespace: str
    name: str
    origin: str
    tolerations: list[str]
    nodes: list[Acceptance]
    add_to: str
    add: list[Proposal]


def place(workload: Workload, nodes: Iterable[Node]) -> Placement:
    """The verdict of every node's taints on the workload's pods."""
    tolerations = tolerations_of(workload)
    refusing: dict[Taint, list[str]] = {}
    accepted = []
    for node in nodes:
        against = untolerated(keeping_taints(node), tolerations)
        selected = selects(workload.spec, node.metadata)
        accepted.append(_acceptance(node, selected, against, tolerations))
        for taint in against if selected else ():
            exact = Taint(key=taint.key, value=taint.value, effect=taint.effect)
            refusing.setdefault(exact, []).append(node.metadata.name)
    proposals = [_proposal(taint, names) for taint, names in refusing.items()]
    return Placement(
        kind=workload.kind,
        namespace=workload.namespace,
        name=workload.name,
        origin=workload.origin,
        tolerations=[describe(toleration) for toleration in workload.spec.tolerations],
        nodes=accepted,
        add_to=".".join(pod_spec_path(workload.kind)),
        add=sorted(proposals, key=lambda p: (p.passing, p.key, p.value, p.effect)),
    )


def keeping_taints(node: Node) -> list[Taint]:
    """The node's taints; a cordon counts as its taint, which may not be there yet.

    Mirrors Filter of k8s.io/kubernetes/pkg/scheduler/framework/plugins/nodeunschedulable.
    """
    if is_cordoned(node) and not has_cordon_taint(node):
        return [*node.spec.taints, Taint(key=UNSCHEDULABLE, effect=NO_SCHEDULE)]
    return node.spec.taints


def _acceptance(
    node: Node, selected: bool, against: Sequence[Taint], tolerations: Sequence[Toleration]
) -> Acceptance:
    return Acceptance(
        node=node.metadata.name,
        selected=selected,
        accepts=not against,
        evicted_after_seconds=None if against else seconds_to_stay(node.spec.taints, tolerations),
        against=[Against(taint=str(taint), gated=_gated(taint, tolerations)) for taint in against],
    )


def _gated(taint: Taint, tolerations: Sequence[Toleration]) -> str:
    toleration = by_comparison(taint, tolerations)
    return describe(toleration) if toleration else ""


def _proposal(taint: Taint, nodes: Sequence[str]) -> Proposal:
    """Exactly this taint; one without a value is matched by Equal and the empty value."""
    return Proposal(
        key=taint.key,
        operator="Equal",
        value=taint.value,
        effect=taint.effect,
        passing=is_passing(taint),
        nodes=sorted(nodes),
    )
