"""What a pod's node does not say: a node that is gone or not ready, a kubelet that is quiet."""

from kubectl_fieldkit.ages import human_duration
from kubectl_why_pending.agreement import condition_of
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence


def silence(pod: Pod, evidence: Evidence) -> list[str]:
    """The worst first; nothing where the kubelet is at work."""
    name = pod.spec.node_name
    if evidence.nodes and name not in evidence.nodes:
        return [f"there is no node {name}: the pod garbage collector will delete the pod"]
    lines = _not_ready(name, evidence)
    heard = any(event.said_by == "kubelet" for event in evidence.events)
    if not pod.status.container_statuses and not heard and pod.status.start_time is None:
        lines.append(f"the kubelet of {name} has not taken the pod up: no status and no event")
    sandbox = condition_of(pod, "PodReadyToStartContainers")
    if sandbox and sandbox.status == "False":
        lines.append(
            "no sandbox yet: PodReadyToStartContainers is False, for volumes or the network"
        )
    return lines


def _not_ready(name: str, evidence: Evidence) -> list[str]:
    node = evidence.nodes.get(name)
    ready = next((c for c in node.status.conditions if c.type == "Ready"), None) if node else None
    if ready is None or ready.status == "True":
        return []
    since = evidence.since(ready.last_transition_time)
    heard = ready.last_heartbeat_time
    ago = (
        f", last heard of {human_duration((evidence.now - heard).total_seconds())} ago"
        if heard
        else ""
    )
    words = f"node {name} is not ready {since} ({ready.reason}{ago}): {ready.message}"
    return [words.replace("  ", " ").removesuffix(": ")]
