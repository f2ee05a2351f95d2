"""Starting: the pod has a node and no running container yet; the kubelet's words say why."""

from collections.abc import Iterator

from kubectl_why_pending.agreement import condition_of
from kubectl_why_pending.objects.pod import ContainerStatus, Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting, in_words

IMAGE = "correct the image's name, or its imagePullSecrets; the kubelet tries again by itself"
CONFIG = "create what is missing or correct the reference; the kubelet tries again by itself"
HINTS = {
    "ErrImagePull": IMAGE,
    "ImagePullBackOff": IMAGE,
    "InvalidImageName": "correct the image's name: it cannot be parsed",
    "ErrImageNeverPull": "the image is not on the node, and imagePullPolicy is Never",
    "ImageInspectError": "the node's container runtime cannot read the image",
    "RegistryUnavailable": "the registry does not answer from this node",
    "SignatureValidationFailed": "the image's signature is not accepted on this node",
    "CreateContainerConfigError": CONFIG,
    "CreateContainerError": "see the message: the container runtime refuses the container",
    "RunContainerError": "see the message: the command, a device or a mount does not work",
    "PreCreateHookError": "a hook of the kubelet fails",
    "PreStartHookError": "a hook of the kubelet fails",
    "PostStartHookError": "the container's own postStart hook fails",
    "CrashLoopBackOff": "it starts and ends again: see its logs",
}
QUIET = ("ContainerCreating", "PodInitializing")
TROUBLE = (
    "FailedMount",
    "FailedAttachVolume",
    "FailedMapVolume",
    "FailedCreatePodSandBox",
    "NetworkNotReady",
    "FailedPrepareDynamicResources",
    "FailedCreatePodContainer",
    "FailedNodeDeclaredFeaturesCheck",
    "VolumePermissionChangeInProgress",
    "InspectFailed",
    "Failed",
    "BackOff",
)


def starting(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod with spec.nodeName: the scheduler is done with it, what is left is its node's."""
    node = pod.spec.node_name
    if not node:
        return None
    lines, next_steps = [], []
    for status, why in _waiting_containers(pod):
        lines.append(why)
        reason = status.state.waiting.reason if status.state.waiting else ""
        if hint := HINTS.get(reason):
            next_steps.append(hint)
    lines += _init(pod)
    newest = {event.reason: event for event in evidence.said(*TROUBLE)}
    lines += [in_words(event, evidence.now) for event in newest.values()]
    silent = _silence(pod, evidence)
    headline = _headline(pod, evidence, silent)
    return Waiting("Starting", headline, (*silent, *lines), tuple(dict.fromkeys(next_steps)))


def _headline(pod: Pod, evidence: Evidence, silent: list[str]) -> str:
    node = pod.spec.node_name
    scheduled = condition_of(pod, "PodScheduled")
    wait = evidence.since(scheduled.last_transition_time if scheduled else None)
    reasons = [
        status.state.waiting.reason
        for status, _ in _waiting_containers(pod)
        if status.state.waiting and status.state.waiting.reason not in QUIET
    ]
    events = [event.reason for event in evidence.said(*TROUBLE) if event.reason != "BackOff"]
    why = next(iter([*reasons, *events[-1:]]), "")
    if silent and not why:
        why = "its node says nothing"
    why = why or "its containers are being made"
    return f"it has a node, {node}, {wait} and has not started: {why}".replace("  ", " ")


def _waiting_containers(pod: Pod) -> Iterator[tuple[ContainerStatus, str]]:
    """Each container that waits for more than its turn, with the kubelet's reason."""
    for status in (*pod.status.init_container_statuses, *pod.status.container_statuses):
        waiting = status.state.waiting
        if waiting and waiting.reason not in QUIET:
            message = f": {waiting.message}" if waiting.message else ""
            yield status, f'container "{status.name}": {waiting.reason}{message}'


def _init(pod: Pod) -> list[str]:
    """Which init container holds the others up."""
    for status in pod.status.init_container_statuses:
        ended = status.state.terminated
        if ended and ended.exit_code == 0:
            continue
        if status.state.running is not None and not status.started:
            return [f'init container "{status.name}" is running, and the others wait for its end']
        if status.restart_count:
            last = status.last_state.terminated or ended
            code = f", last exit code {last.exit_code}" if last else ""
            return [
                f'init container "{status.name}" was restarted {status.restart_count} times{code}'
            ]
    return []


def _silence(pod: Pod, evidence: Evidence) -> list[str]:
    """A node that is gone or not ready, or a kubelet that has not said a word of the pod."""
    name = pod.spec.node_name
    node = evidence.nodes.get(name)
    if evidence.nodes and node is None:
        return [f"there is no node {name}: the pod garbage collector will delete the pod"]
    ready = next((c for c in node.status.conditions if c.type == "Ready"), None) if node else None
    lines = []
    if ready and ready.status != "True":
        lines.append(f"node {name} is not ready ({ready.reason}): {ready.message}".rstrip(": "))
    sandbox = condition_of(pod, "PodReadyToStartContainers")
    if sandbox and sandbox.status == "False":
        lines.append("no sandbox yet: the node's network or container runtime has not made one")
    heard = any(event.said_by == "kubelet" for event in evidence.events)
    if not pod.status.container_statuses and not heard and pod.status.start_time is None:
        lines.append(f"the kubelet of {name} has not taken the pod up: no status and no event")
    return lines
