"""The tolerations that a workload's pods will have: the template's, and those that Kubernetes adds."""

from collections.abc import Sequence

from kubectl_fieldkit.objects.pod import PodSpec, Toleration
from kubectl_fieldkit.tolerations import NO_EXECUTE, NO_SCHEDULE
from kubectl_fieldkit.workloads import Workload

NOT_READY = "node.kubernetes.io/not-ready"
UNREACHABLE = "node.kubernetes.io/unreachable"
NETWORK_UNAVAILABLE = "node.kubernetes.io/network-unavailable"
DEFAULT_SECONDS = 300


def _exists(key: str, effect: str, seconds: int | None = None) -> Toleration:
    return Toleration(key=key, operator="Exists", effect=effect, toleration_seconds=seconds)


DAEMON = (
    _exists(NOT_READY, NO_EXECUTE),
    _exists(UNREACHABLE, NO_EXECUTE),
    _exists("node.kubernetes.io/disk-pressure", NO_SCHEDULE),
    _exists("node.kubernetes.io/memory-pressure", NO_SCHEDULE),
    _exists("node.kubernetes.io/pid-pressure", NO_SCHEDULE),
    _exists("node.kubernetes.io/unschedulable", NO_SCHEDULE),
)


def tolerations_of(workload: Workload) -> list[Toleration]:
    """What a new pod of the workload tolerates; a pod of the cluster has all that it will ever get."""
    if workload.kind == "Pod" and not workload.origin:
        return workload.spec.tolerations
    tolerations = workload.spec.tolerations
    if workload.kind == "DaemonSet":
        tolerations = add_daemon_tolerations(workload.spec)
    return add_default_seconds(tolerations)


def add_daemon_tolerations(spec: PodSpec) -> list[Toleration]:
    """The template's tolerations with the DaemonSet controller's own.

    Mirrors AddOrUpdateDaemonPodTolerations of k8s.io/kubernetes/pkg/controller/daemon/util.
    """
    network = [_exists(NETWORK_UNAVAILABLE, NO_SCHEDULE)] if spec.host_network else []
    tolerations = list(spec.tolerations)
    for added in [*DAEMON, *network]:
        if any(_same(added, there) for there in tolerations):
            tolerations = [added if _same(added, there) else there for there in tolerations]
        else:
            tolerations.append(added)
    return tolerations


def _same(one: Toleration, other: Toleration) -> bool:
    """Toleration.MatchToleration: the same but perhaps for the seconds."""
    return (one.key, one.effect, one.operator, one.value) == (
        other.key,
        other.effect,
        other.operator,
        other.value,
    )


def add_default_seconds(tolerations: Sequence[Toleration]) -> list[Toleration]:
    """With the five minutes that a pod gets on a node that fails, unless it says otherwise.

    Mirrors Admit of k8s.io/kubernetes/plugin/pkg/admission/defaulttolerationseconds.
    """
    added = [
        _exists(key, NO_EXECUTE, DEFAULT_SECONDS)
        for key in (NOT_READY, UNREACHABLE)
        if not any(t.key in ("", key) and t.effect in ("", NO_EXECUTE) for t in tolerations)
    ]
    return [*tolerations, *added]
