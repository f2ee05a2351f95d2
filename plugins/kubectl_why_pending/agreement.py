"""Our sentence beside the scheduler's own: whether they agree, and what it can mean where they do not."""

from collections.abc import Sequence

from msgspec import Struct

from kubectl_why_pending.objects.pod import Condition, Pod

AGREES = "agrees with the scheduler"
FOUND = "preemption: found a potential placement for pod on node "
_KNOWN = (
    "node(s) ",
    "Insufficient ",
    "Too many pods",
    "No preemption victims found",
    "Preemption is not helpful",
    "persistentvolumeclaim ",
    "pod has unbound immediate",
    "pod affinity terms conflict",
    "waiting for ephemeral volume",
    "resourceclaim",
    "cannot allocate all claims",
    "not eligible due to",
)


class Said(Struct, frozen=True):
    """What the scheduler said last; `agrees` is None where there is nothing to compare."""

    message: str
    agrees: bool | None
    why: str


def condition_of(pod: Pod, kind: str) -> Condition | None:
    """The pod's condition of a type."""
    return next((c for c in pod.status.conditions if c.type == kind), None)


def compare(
    pod: Pod, message: str, best: Sequence[str], nodes: int, unknown: Sequence[str]
) -> Said:
    """The condition beside our sentence, which is empty for a pod that fits.

    `best` are the nodes among which preemption tosses a coin; `unknown` why we
    cannot tell.
    """
    condition = condition_of(pod, "PodScheduled")
    if condition is None or condition.status != "False" or condition.reason == "SchedulingGated":
        return Said("", None, "the scheduler has not tried this pod yet")
    theirs = condition.message
    if any(theirs == text for text in _spellings(message, best)):
        return Said(theirs, True, AGREES)
    if unknown:
        return Said(theirs, None, f"not compared: {'; '.join(unknown)}")
    return Said(theirs, False, _why(condition, message, nodes))


def _spellings(message: str, best: Sequence[str]) -> list[str]:
    """The sentence for each node that preemption may choose among equals."""
    before, found, after = message.partition(FOUND)
    if not found:
        return [message]
    victims = after.partition(", ")[2]
    return [f"{before}{FOUND}{node}, {victims}" for node in best]


def _why(condition: Condition, ours: str, nodes: int) -> str:
    theirs = condition.message
    if condition.reason == "SchedulerError":
        return "the scheduler failed rather than refused: its own log says more"
    if not ours:
        return "objects changed since the scheduler tried: the pod would fit now"
    seen = theirs.removeprefix("0/").partition(" nodes are available")[0]
    if seen.isdecimal() and int(seen) != nodes:
        return f"the scheduler saw {seen} nodes when it tried, and there are {nodes} now"
    foreign = [reason for reason in _reasons(theirs) if not reason.startswith(_KNOWN)]
    if foreign:
        return f'"{foreign[0]}" is no filter of the default profile: an extender or another plugin says so'
    return (
        "objects changed since it tried, or its profile or feature gates are not the default ones"
    )


def _reasons(message: str) -> list[str]:
    """Each reason without its count."""
    listed = message.partition("nodes are available: ")[2].partition(". preemption: ")[0]
    pieces = [piece.strip().removesuffix(".") for piece in listed.split(", ")]
    return [piece.partition(" ")[2] for piece in pieces if piece.partition(" ")[0].isdecimal()]
