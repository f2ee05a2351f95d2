"""A toleration without a key matches taints that nobody had in mind."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import NO_EXECUTE, NO_SCHEDULE, describe
from kubectl_fieldkit.workloads import Workload
from kubectl_taints.lint.fixes import remove_toleration, seen_in, subject_of
from kubectl_taints.lint.linted import WORKLOAD_LISTS, Linted, Rule
from kubectl_taints.tolerators import is_broad

MEANINGS = {
    "": "its pods go to nodes kept for others, and stay on nodes that fail",
    NO_SCHEDULE: "its pods go to nodes kept for others",
    NO_EXECUTE: "its pods stay on nodes that fail",
}


def find(linted: Linted) -> Iterator[Finding]:
    """Warns of every such workload, remarks on a DaemonSet, whose agents many nodes need.

    Silent on static pods, which a kubelet gives the toleration, on DaemonSets of kube-system, and
    where tolerationSeconds end it.
    """
    for workload in linted.known_workloads():
        daemon = workload.kind == "DaemonSet"
        if workload.static or (daemon and workload.namespace == "kube-system"):
            continue
        for toleration in workload.spec.tolerations:
            if _is_unbounded(toleration):
                yield _finding(workload, toleration, daemon)


def _is_unbounded(toleration: Toleration) -> bool:
    """Whether it matches every key, keeps or lets pods on nodes, and for as long as they run."""
    limited = toleration.toleration_seconds is not None
    return is_broad(toleration) and toleration.effect in MEANINGS and not limited


def _finding(workload: Workload, toleration: Toleration, daemon: bool) -> Finding:
    return Finding(
        rule=RULE.id,
        severity="info" if daemon else "warning",
        subject=subject_of(workload),
        message=f"tolerates {describe(toleration)}: {MEANINGS[toleration.effect]}",
        evidence=seen_in(workload, toleration),
        fix=None if daemon else remove_toleration(workload, toleration),
    )


RULE = Rule("tolerates-everything", WORKLOAD_LISTS, find)
