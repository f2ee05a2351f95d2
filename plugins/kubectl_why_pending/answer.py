"""From a source to items: gather, decide for each pod, and say which waiting it is."""

from collections.abc import Sequence

from msgspec import Struct

from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.reading import Source
from kubectl_why_pending.choosing import Question, choose, waits
from kubectl_why_pending.deciding import Decisions
from kubectl_why_pending.describing import describe
from kubectl_why_pending.gather import Reader, gather
from kubectl_why_pending.items import PendingItem
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.owning import read_owners
from kubectl_why_pending.scheduler.cluster import NEWEST, Cluster


class Answer(Struct, frozen=True):
    """The items, what could not be read, the names that were found, and words beside it."""

    items: tuple[PendingItem, ...]
    incomplete: tuple[Incomplete, ...]
    seen: frozenset[str]
    notes: tuple[str, ...] = ()


def answer(source: Source, question: Question, files: Sequence[str] = ()) -> Answer:
    """Everything that waits among what is asked about."""
    reader = Reader(source)
    owners = read_owners(reader, question.namespace) if question.owners else {}
    gathered = gather(reader, lambda pods: choose(question, pods, owners))
    cluster = Cluster(gathered.lists, minor_of(source.server_version))
    decisions = Decisions(cluster)
    items = [describe(pod, decisions) for pod in gathered.chosen if waits(pod)]
    return Answer(
        tuple(items),
        gathered.incomplete,
        frozenset(pod.metadata.name for pod in gathered.chosen),
        tuple(_runs(pod) for pod in gathered.chosen if not waits(pod)),
    )


def _runs(pod: Pod) -> str:
    return f"pod {pod.key} waits for nothing: {pod.status.phase.lower()} on {pod.spec.node_name}"


def minor_of(version: str) -> int:
    """`v1.34.2-gke.1` → 34; the newest known where the server does not say."""
    parts = version.lstrip("v").split(".")
    digits = parts[1].rstrip("+") if len(parts) > 1 else ""
    return int(digits) if digits.isdecimal() else NEWEST
