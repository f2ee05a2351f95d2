"""`-f`: what would become of pods that do not exist yet, admitted as the API server would admit them."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from kubectl_fieldkit.manifests import Manifest, each_manifest
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reader import Reader
from kubectl_fieldkit.reading import Request, Source
from kubectl_why_pending.admission import ADMISSION, Admitted, Draft, admit, draft, pinned
from kubectl_why_pending.answer import Answer, version_of
from kubectl_why_pending.deciding import Decision, Decisions
from kubectl_why_pending.describing import item_of
from kubectl_why_pending.gather import gather
from kubectl_why_pending.items import NodeItem, PendingItem
from kubectl_why_pending.lists import RESOURCES
from kubectl_why_pending.objects.node import NODES
from kubectl_why_pending.objects.pod import PODS, Pod
from kubectl_why_pending.objects.storage import CLAIMS, STORAGE_CLASSES
from kubectl_why_pending.scheduler.cluster import Cluster, Lists
from kubectl_why_pending.waiting.evidence import Evidence, Waiting
from kubectl_why_pending.waiting.gated import gated

AFFECTS = ["items[].state"]
DAEMON_SET = "DaemonSet"


def foretell(source: Source, files: Sequence[str]) -> Answer:
    """One item for each pod or workload of the manifests; objects of other kinds count as if they were there."""
    manifests = list(each_manifest(files))
    drafts = [made for each in manifests if (made := draft(each, source.namespace))]
    reader = Reader(source)
    pods = [each.pod for each in drafts]
    gathered = gather(reader, lambda _: pods)
    spaces = sorted({pod.metadata.namespace for pod in pods})
    read = {**gathered.lists, **_read_admission(reader, spaces)}
    lists = _with_written(read, manifests, source.namespace)
    minor, patch = version_of(source.server_version)
    cluster = Cluster(lists, minor, patch)
    evidence = Evidence(now=source.now)
    items, notes = [], []
    for each in drafts:
        admitted = admit(each, lists, minor)
        decisions = Decisions(_with_claims(cluster, admitted), gathered.doubts)
        items.append(_item(each, admitted, decisions, evidence))
        notes += [f"{each.pod.metadata.name}: {note}" for note in admitted.notes]
    if not drafts:
        notes.append("the manifests hold no pod and nothing that makes pods")
    return Answer(tuple(items), tuple(reader.incomplete), tuple(notes))


def _read_admission(
    reader: Reader, namespaces: Sequence[str]
) -> dict[Resource[Any], list[Any] | None]:
    """Limits, quotas, priorities and runtimes; those of namespaces are read of these alone."""
    lists: dict[Resource[Any], list[Any] | None] = {}
    for resource in ADMISSION:
        found: list[Any] | None = []
        for namespace in namespaces if resource.namespaced else ("",):
            things = reader.read(Request(resource, namespace=namespace), AFFECTS)
            found = None if things is None or found is None else [*found, *things]
        lists[resource] = found
    return lists


def _with_written(
    lists: Lists, manifests: Sequence[Manifest], namespace: str
) -> dict[Resource[Any], Any]:
    """With the claims, classes and other objects of the manifests: what is applied together counts together."""
    whole = dict(lists)
    for manifest in manifests:
        for resource in (*RESOURCES, *ADMISSION):
            if resource not in (PODS, NODES) and manifest.is_a(resource):
                thing = _as_stored(manifest.decode(resource), resource, namespace)
                whole[resource] = [*(whole.get(resource) or ()), thing]
    return whole


def _as_stored(thing: Any, resource: Resource[Any], namespace: str) -> Any:
    """In the namespace that it would be created in, and a class as it is defaulted."""
    if resource.namespaced and not thing.metadata.namespace:
        thing = replace(thing, metadata=replace(thing.metadata, namespace=namespace))
    if resource is STORAGE_CLASSES and thing.volume_binding_mode is None:
        thing = replace(thing, volume_binding_mode="Immediate")
    return thing


def _with_claims(cluster: Cluster, admitted: Admitted) -> Cluster:
    """The same cluster where no claims would be made; nodes and pods are placed once for all manifests."""
    if not admitted.claims:
        return cluster
    return cluster.with_list(CLAIMS, [*(cluster.lists.get(CLAIMS) or ()), *admitted.claims])


def _item(made: Draft, admitted: Admitted, decisions: Decisions, evidence: Evidence) -> PendingItem:
    pod = admitted.pod
    if admitted.refusals:
        no = Waiting("NotCreated", f"the API server would refuse it: {admitted.refusals[0]}")
        return item_of(pod, None, 0, no, evidence, [], kind=made.kind)
    if made.kind == DAEMON_SET:
        return _daemons(pod, decisions, evidence)
    decision = decisions.of(pod)
    fixes = [] if decision.verdict.fits else decisions.fixes_of(pod)
    found = gated(pod, evidence) or _state(decision)
    return item_of(pod, decision, 0, found, evidence, fixes, kind=made.kind)


def _state(decision: Decision) -> Waiting:
    fits = sorted(decision.verdict.fits)
    if not fits:
        return Waiting("Unschedulable", "no node would take it")
    shown = ", ".join(fits[:3]) + (f" and {len(fits) - 3} more" if len(fits) > 3 else "")
    return Waiting("Schedulable", f"it would fit on {shown}")


def _daemons(pod: Pod, decisions: Decisions, evidence: Evidence) -> PendingItem:
    """A pod for each node: which nodes would run theirs, and why the others would not."""
    refused = list(_refusing(pod, decisions))
    names = sorted(set(decisions.cluster.nodes) - {node.name for node in refused})
    state = "Schedulable" if names else "Unschedulable"
    headline = f"{len(names)} of {len(decisions.cluster.nodes)} nodes would run a pod of it"
    item = item_of(pod, None, 0, Waiting(state, headline), evidence, [], kind=DAEMON_SET)
    return item.on(names, refused)


def _refusing(pod: Pod, decisions: Decisions) -> Iterator[NodeItem]:
    for name in sorted(decisions.cluster.nodes):
        decision = decisions.of(pinned(pod, name))
        if not decision.verdict.fits:
            yield from (node for node in decision.nodes if node.name == name)
