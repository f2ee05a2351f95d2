"""Starting: the pod has a node and no running container yet; the kubelet's words say why."""

from collections.abc import Iterator

from kubectl_why_pending.agreement import condition_of
from kubectl_why_pending.objects.event import Event
from kubectl_why_pending.objects.pod import ContainerStatus, Pod, Terminated
from kubectl_why_pending.waiting.evidence import Evidence, Waiting, in_words
from kubectl_why_pending.waiting.silence import silence
from kubectl_why_pending.waiting.start_words import OF_CONTAINERS, OF_EVENTS

QUIET = ("ContainerCreating", "PodInitializing", "")
ECHOES = ("Failed", "BackOff")  # events that repeat what a container's status says


def starting(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod with spec.nodeName: the scheduler is done with it, what is left is its node's."""
    node = pod.spec.node_name
    if not node:
        return None
    reasons = dict(_reasons(pod))
    events = _trouble(evidence)
    silent = silence(pod, evidence)
    init = _init(pod)
    scheduled = condition_of(pod, "PodScheduled")
    wait = evidence.since(scheduled.last_transition_time if scheduled else None)
    why = _first(list(reasons.values()), events, init, silent)
    lines = [*silent, *reasons, *init, *(in_words(event, evidence.now) for event in events)]
    hints = [OF_CONTAINERS.get(reason, "") for reason in reasons.values()]
    hints += [OF_EVENTS[event.reason] for event in events]
    headline = f"it has a node, {node}, {wait} and has not started: {why}".replace("  ", " ")
    return Waiting("Starting", headline, tuple(lines), tuple(dict.fromkeys(filter(None, hints))))


def _first(reasons: list[str], events: list[Event], init: list[str], silent: list[str]) -> str:
    """The cause in a word or two: the container's own reason before what was said around it."""
    said = [event.reason for event in events if event.reason not in ECHOES]
    if reasons or said:
        return (reasons or said[-1:])[0]
    if silent:
        return silent[0].partition(": ")[0]
    return init[0] if init else "its containers are being made"


def _trouble(evidence: Evidence) -> list[Event]:
    """The newest event of each reason that tells of trouble, newest last."""
    newest: dict[str, Event] = {}
    for event in evidence.said(*OF_EVENTS):
        newest.pop(event.reason, None)
        newest[event.reason] = event
    return list(newest.values())


def _reasons(pod: Pod) -> Iterator[tuple[str, str]]:
    """Each container that waits for more than its turn, in words, with the kubelet's reason."""
    for status in (*pod.status.init_container_statuses, *pod.status.container_statuses):
        waiting = status.state.waiting
        if waiting and waiting.reason not in QUIET:
            message = f": {waiting.message}" if waiting.message else ""
            yield f'container "{status.name}": {waiting.reason}{message}', waiting.reason


def _init(pod: Pod) -> list[str]:
    """Which init container holds the others up, and how it fared."""
    statuses = pod.status.init_container_statuses
    for number, status in enumerate(statuses, 1):
        if _is_done(status):
            continue
        which = f'init container "{status.name}" ({number} of {len(statuses)})'
        lines = []
        if status.state.running is not None:
            lines.append(f"{which} is running, and the others wait for its {_aim(pod, status)}")
        last = status.last_state.terminated or status.state.terminated
        if status.restart_count or (last and last.exit_code):
            ended = f", last ended with {_ending(last)}" if last else ""
            lines.append(f"{which} was restarted {status.restart_count} times{ended}")
        return lines
    return []


def _is_done(status: ContainerStatus) -> bool:
    """Ended well, or a sidecar that is up."""
    ended = status.state.terminated
    return bool(ended and ended.exit_code == 0) or bool(status.started and status.state.running)


def _aim(pod: Pod, status: ContainerStatus) -> str:
    """A sidecar must have started, any other init container must have ended."""
    policies = {c.name: c.restart_policy for c in pod.spec.init_containers}
    return "startup probe" if policies.get(status.name) == "Always" else "end"


def _ending(last: Terminated) -> str:
    reason = f" ({last.reason})" if last.reason not in ("", "Error") else ""
    message = f": {last.message.strip()}" if last.message.strip() else ""
    return f"exit code {last.exit_code}{reason}{message}"
