"""From a source to items: gather, decide for each pod, and say which waiting it is."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.reader import Reader
from kubectl_fieldkit.reading import Source, one_object
from kubectl_why_pending.choosing import Question, choose, waits
from kubectl_why_pending.deciding import Decisions
from kubectl_why_pending.describing import describe
from kubectl_why_pending.evidence_reading import About, read_events, read_leases, read_workloads
from kubectl_why_pending.gather import gather
from kubectl_why_pending.items import PendingItem
from kubectl_why_pending.objects.pod import PODS, Pod
from kubectl_why_pending.owning import Workloads, key_of, owners_among
from kubectl_why_pending.scheduler.cluster import LATEST, NEWEST, Cluster
from kubectl_why_pending.waiting.evidence import Evidence
from kubectl_why_pending.waiting.rejected import is_rejected


class Answer(Struct, frozen=True):
    """The items, what could not be read, and words beside it."""

    items: tuple[PendingItem, ...]
    incomplete: tuple[Incomplete, ...]
    notes: tuple[str, ...] = ()


def answer(source: Source, question: Question, *, fixes: bool = True) -> Answer:
    """Everything that waits among what is asked about; 404 for a pod or a workload that is not there.

    Without `fixes` they are looked for only where one pod waits: an overview does not show them.
    """
    reader = Reader(source)
    is_about_workloads = bool(question.owners) or not (question.names or question.labels)
    workloads = read_workloads(reader, question.namespace) if is_about_workloads else []
    owners = owners_among(workloads)
    _check_there(question, workloads, reader)
    gathered = gather(reader, lambda pods: choose(question, pods, owners))
    cluster = Cluster(gathered.lists, *version_of(source.server_version))
    decisions = Decisions(cluster, gathered.doubts)
    chosen = [*gathered.chosen, *_ended(reader, question, gathered.chosen)]
    waiting = [pod for pod in chosen if waits(pod) or is_rejected(pod)]
    is_wide = len(waiting) != 1 or not question.names
    only = "" if is_wide else waiting[0].metadata.name
    about = read_events(reader, question.namespace, only) if waiting or is_wide else {}
    evidence = Evidence(
        now=source.now,
        leases=read_leases(reader, waiting),
        nodes={name: info.node for name, info in decisions.cluster.nodes.items()},
    )
    fixes = fixes or len(waiting) == 1
    items = [describe(pod, decisions, _of(pod, evidence, about), fixes) for pod in waiting]
    items += _lacking(workloads, question, about, evidence)
    return Answer(
        tuple(items),
        tuple(reader.incomplete),
        tuple(_runs(pod) for pod in chosen if pod not in waiting),
    )


def _of(pod: Pod, evidence: Evidence, about: About) -> Evidence:
    """The evidence with the pod's own events."""
    events = about.get(("Pod", pod.metadata.namespace, pod.metadata.name), ())
    return replace(evidence, events=events)


def _lacking(
    workloads: Workloads, question: Question, about: About, evidence: Evidence
) -> list[PendingItem]:
    """Workloads with too few pods; where pods were named there are none to look at."""
    if not workloads:
        return []
    from kubectl_why_pending.lacking import lacking

    return lacking(workloads, frozenset(question.owners), about, evidence)


def _check_there(question: Question, workloads: Workloads, reader: Reader) -> None:
    """404, in kubectl's words, for a workload that was named and is not there."""
    there = {key_of(resource, workload) for resource, workload in workloads}
    for key in question.owners:
        if key not in there and not reader.incomplete:
            group, kind, _, name = key
            plural = f"{kind.lower()}s" + (f".{group}" if group else "")
            raise ServerError(404, "NotFound", f'{plural} "{name}" not found')


def _ended(reader: Reader, question: Question, chosen: Sequence[Pod]) -> Iterator[Pod]:
    """Pods that were named and are not among the living: those that ended; 404 where there is none."""
    there = {pod.metadata.name for pod in chosen}
    for name in question.names:
        if name not in there:
            request = one_object(PODS, name, question.namespace)
            yield from reader.read(request, ["items"]) or ()


def _runs(pod: Pod) -> str:
    where = f" on {pod.spec.node_name}" if pod.spec.node_name else ""
    return f"pod {pod.key} waits for nothing: {pod.status.phase.lower()}{where}"


def version_of(text: str) -> tuple[int, int]:
    """`v1.34.2-gke.1` → (34, 2); the newest known where the server does not say, the latest patch of `1.34`."""
    parts = text.lstrip("v").replace("-", ".").replace("+", ".").split(".")
    numbers = [int(part) if part.isdecimal() else None for part in parts[1:3]]
    minor = numbers[0] if numbers and numbers[0] is not None else NEWEST
    patch = numbers[1] if len(numbers) > 1 and numbers[1] is not None else LATEST
    return minor, patch
