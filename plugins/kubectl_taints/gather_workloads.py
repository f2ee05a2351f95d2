"""Which workloads a question needs: some by name, or all of them with their pods."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.envelope import Incomplete, unread
from kubectl_fieldkit.errors import ServerError, SnapshotError
from kubectl_fieldkit.manifests import Manifest
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.objects.pod import PODS, Pod
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.objects.workload import WORKLOAD_KINDS
from kubectl_fieldkit.reading import NotRecorded, Objects, Refused, Request, Source, one_object
from kubectl_fieldkit.targets import WITH_PODS, Target
from kubectl_fieldkit.workloads import Workload, fold, workload_of
from kubectl_taints.lint.linted import Linted

T = TypeVar("T", bound=KubeObject)

Affects = Callable[[str], list[str]]  # a list → what is unknown without it


class Workloads(Struct, frozen=True):
    """What was read, and what could not be."""

    items: tuple[Workload, ...]
    missing: tuple[ServerError, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()


def named_workloads(source: Source, targets: Sequence[Target]) -> Workloads:
    """The targets of the source's namespace, and those that are not there."""
    found, missing = [], []
    for target in targets:
        try:
            found.append(workload_of(target.resource, _one(source, target)))
        except ServerError as err:
            if err.code != 404:
                raise
            missing.append(err)
    return Workloads(tuple(found), tuple(missing))


def _one(source: Source, target: Target) -> KubeObject:
    request = one_object(target.resource, target.name, source.namespace)
    match source.read(request):
        case Objects(items):
            thing: KubeObject = items[0]
            return thing
        case Refused(message):
            hint = f"it takes the right to get {target.resource.plural}: see docs/rbac/taints-workloads.yaml"
            raise ServerError(403, "Forbidden", message, hint)
        case NotRecorded():
            raise SnapshotError(
                f'the snapshot does not hold "{target}"', "record it anew with --save-snapshot"
            )


def manifest_workloads(manifests: Iterable[Manifest]) -> Workloads:
    """Those of the manifests' objects that have pods; the rest has no say in where pods go."""
    found = [
        replace(
            workload_of(resource, manifest.decode(resource), manifest.place), name=manifest.name
        )
        for manifest in manifests
        for resource in WITH_PODS
        if manifest.is_a(resource)
    ]
    return Workloads(tuple(found))


def all_workloads(source: Source, namespace: str, affects: Affects) -> Workloads:
    """Every workload of the namespace (empty: of all) with its pods, folded into the top owner."""
    incomplete: list[Incomplete] = []

    def read(resource: Resource[Any]) -> Sequence[Any]:
        request = Request(resource, namespace=namespace)
        return _list(source, request, affects, incomplete)

    templates = {kind.resource: read(kind.resource) for kind in WORKLOAD_KINDS}
    pods: Sequence[Pod] = read(PODS)
    return Workloads(tuple(fold(templates, pods)), (), tuple(incomplete))


def lint_cluster(
    source: Source, namespace: str, affects: Affects
) -> tuple[Linted, tuple[Incomplete, ...]]:
    """Nodes and workloads; nodes that may not be read are unknown, like any other list."""
    unknown: list[Incomplete] = []
    nodes = sorted(_list(source, Request(NODES), affects, unknown), key=lambda n: n.metadata.name)
    workloads = all_workloads(source, namespace, affects)
    incomplete = (*unknown, *workloads.incomplete)
    whole = not namespace and not incomplete
    return Linted(tuple(nodes), workloads.items, whole=whole), incomplete


def lint_manifests(manifests: Sequence[Manifest]) -> Linted:
    """The manifests as they were written, and as the API would understand them."""
    return Linted(workloads=manifest_workloads(manifests).items, manifests=tuple(manifests))


def _list(
    source: Source, request: Request[T], affects: Affects, unknown: list[Incomplete]
) -> Sequence[T]:
    answer = source.read(request)
    if isinstance(answer, Objects):
        return answer.items
    unknown.append(unread(request, answer, affects(request.resource.plural)))
    return []
