"""A taint that no workload tolerates keeps nodes for nobody."""

from collections.abc import Iterator, Sequence

from kubectl_fieldkit.findings import Finding, Subject
from kubectl_fieldkit.objects.node import Node, Taint
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import PREFER_NO_SCHEDULE, tolerates_taint
from kubectl_fieldkit.workloads import Workload
from kubectl_taints.lint.fixes import change_taints
from kubectl_taints.lint.linted import NODE_LIST, WORKLOAD_LISTS, Linted, Rule
from kubectl_taints.lint.old_key import ROLES
from kubectl_taints.passing import is_passing
from kubectl_taints.pod_tolerations import tolerations_of
from kubectl_taints.tolerators import is_broad

NOBODY = "no workload tolerates it: it keeps every new pod off"
EVERYTHING_ONLY = "only tolerations of any taint match it: it keeps nodes for nobody"


def find(linted: Linted) -> Iterator[Finding]:
    """Warns where nothing tolerates it; remarks where only what tolerates everything does.

    A toleration that a gate of the server switches on counts, as it may be on. Silent on
    PreferNoSchedule, which keeps nothing off, on the states of nodes, and on the role of
    the control plane, whose static pods need no toleration for NoSchedule.
    """
    if not linted.whole:
        return
    tolerations = _tolerations(linted.workloads)
    for taint, nodes in _lasting(linted.nodes).items():
        matching = [t for t in tolerations if tolerates_taint(t, taint, True)]
        if not all(map(is_broad, matching)):
            continue
        yield Finding(
            rule=RULE.id,
            severity="info" if matching else "warning",
            subject=Subject(kind="Taint", namespace="", name=str(taint)),
            message=EVERYTHING_ONLY if matching else NOBODY,
            evidence=[f"node/{name}" for name in nodes],
            fix=change_taints(("remove", *nodes, f"{taint.key}:{taint.effect}-")),
        )


def _tolerations(workloads: Sequence[Workload]) -> set[Toleration]:
    """All there are, each once: there are few, however many pods have them."""
    templates = (t for workload in workloads for t in tolerations_of(workload))
    pods = (t for workload in workloads for pod in workload.pods for t in pod.tolerations)
    return {*templates, *pods}


def _lasting(nodes: tuple[Node, ...]) -> dict[Taint, list[str]]:
    found: dict[Taint, list[str]] = {}
    for node in nodes:
        for taint in node.spec.taints:
            exact = Taint(key=taint.key, value=taint.value, effect=taint.effect)
            found.setdefault(exact, []).append(node.metadata.name)
    return {taint: names for taint, names in found.items() if not _is_exempt(taint)}


def _is_exempt(taint: Taint) -> bool:
    return taint.effect == PREFER_NO_SCHEDULE or taint.key in ROLES or is_passing(taint)


RULE = Rule("untolerated-taint", NODE_LIST | WORKLOAD_LISTS, find)
