"""The verdict on a pod that waits for a node: worked out once for all pods of one shape."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from kubectl_why_pending.fixes import find as find_fixes
from kubectl_why_pending.fixes.change import Fix
from kubectl_why_pending.items import FixItem, NodeItem
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.cycle import Verdict, explain, schedule
from kubectl_why_pending.scheduler.filter import Failure
from kubectl_why_pending.scheduler.message import fit_error
from kubectl_why_pending.scheduler.pod_info import PodInfo, waiting
from kubectl_why_pending.scheduler.preemption import Forecast, forecast


class Decision(Struct, frozen=True):
    """What the scheduler would decide now: where the pod fits, else why not, and what preemption finds.

    `message` is its sentence, empty for a pod that fits; `nodes` are the refused ones, by name.
    """

    info: PodInfo
    verdict: Verdict
    forecast: Forecast
    message: str
    nodes: list[NodeItem]
    doubts: Mapping[str, str] = {}

    @property
    def unknown(self) -> Mapping[str, str]:
        """By filter or list: why it could not tell."""
        return {**self.doubts, **self.verdict.prepared.unknown}


class Decisions:
    """Decides for one pod after another in one cluster; equal pods share a decision."""

    def __init__(self, cluster: Cluster, doubts: Mapping[str, str] | None = None) -> None:
        self.cluster = cluster
        self.doubts = doubts or {}
        self._known: dict[bytes, Decision] = {}
        self._fixes: dict[bytes, list[Fix]] = {}

    def of(self, pod: Pod) -> Decision:
        """The decision for the pod."""
        shape = _shape(pod)
        if shape not in self._known:
            self._known[shape] = replace(decide(pod, self.cluster), doubts=self.doubts)
        return self._known[shape]

    def fixes_of(self, pod: Pod) -> list[FixItem]:
        """What would help the pod; looked for once a shape, and told for this pod."""
        shape = _shape(pod)
        if shape not in self._fixes:
            decision = self.of(pod)
            found = find_fixes(decision.info, self.cluster, decision.verdict)
            self._fixes[shape] = found
        if not self._fixes[shape]:
            return []
        from kubectl_why_pending.fixes.telling import tell

        return [tell(fix, pod) for fix in self._fixes[shape]]


def _shape(pod: Pod) -> bytes:
    """Whatever a verdict can depend on; names count only where volumes or claims are named after the pod."""
    spec, meta = pod.spec, pod.metadata
    is_named = bool(spec.resource_claims) or any(v.ephemeral for v in spec.volumes)
    own = (meta.name, meta.uid) if is_named or pod.status.nominated_node_name else ()
    return encode((meta.namespace, meta.labels, own, pod.status.nominated_node_name, spec))


def decide(pod: Pod, cluster: Cluster) -> Decision:
    """The verdict by itself."""
    info = waiting(pod)
    verdict = schedule(info, cluster)
    nodes = [_refused(name, verdict, cluster) for name in sorted(verdict.rejections)]
    if verdict.fits or verdict.error:
        return Decision(info, verdict, Forecast(), verdict.error, nodes)
    ahead = forecast(info, cluster, verdict)
    message = fit_error(len(cluster.nodes), verdict, ahead, cluster.minor)
    return Decision(info, verdict, ahead, message, nodes)


def _refused(name: str, verdict: Verdict, cluster: Cluster) -> NodeItem:
    """Every failing filter of a refused node; where PreFilter ended the cycle, its one reason."""
    no, ended = verdict.rejections[name], verdict.prepared.rejection
    failures = (
        [Failure(ended.filter, reason) for reason in ended.reasons]
        if ended
        else list(explain(verdict.prepared, cluster.nodes[name]))
    )
    return NodeItem(name, no.filter, list(no.reasons), no.resolvable, failures)
