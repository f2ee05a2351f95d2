"""What an audit reads: namespaces, everything with a pod or a template, and failed creations."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from kubectl_fieldkit.envelope import Incomplete, unread
from kubectl_fieldkit.errors import ServerError, SnapshotError
from kubectl_fieldkit.objects.event import EVENTS, Event
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.namespace import NAMESPACES, Namespace
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reading import Objects, Refused, Request, Source
from kubectl_psa_audit.pod import PODS
from kubectl_psa_audit.rejections import REASON
from kubectl_psa_audit.workloads import WORKLOAD_KINDS

T = TypeVar("T", bound=KubeObject)

POLICIES = ["namespaces[].policy", "items[].level"]
VERDICTS = ["items", "namespaces[].highest"]
REJECTIONS = ["items[].rejections"]

Things = Mapping[Resource[Any], Sequence[Any]]


class Cluster(Struct, frozen=True):
    """What was read, and what could not be; without `knows_policies` the namespaces are names alone."""

    namespaces: tuple[Namespace, ...]
    things: Things
    events: Sequence[Event] = ()
    incomplete: tuple[Incomplete, ...] = ()
    knows_policies: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether everything that is judged was read."""
        return not any(read.affects == VERDICTS for read in self.incomplete)


def gather(source: Source, namespace: str, selector: str) -> Cluster:
    """One namespace, those that a selector matches, or (neither given) all of them."""
    unknown: list[Incomplete] = []
    namespaces = _namespaces(source, namespace, selector, POLICIES, unknown)
    wanted = {space.metadata.name for space in namespaces or ()} if selector else None
    kinds = [*(kind.resource for kind in WORKLOAD_KINDS), PODS]
    things = {
        resource: _of(
            _list(source, Request(resource, namespace=namespace), VERDICTS, unknown), wanted
        )
        for resource in kinds
    }
    request = Request(EVENTS, namespace=namespace, field_selector=f"reason={REASON}")
    events = _of(_list(source, request, REJECTIONS, unknown), wanted)
    found = namespaces if namespaces is not None else _named(things, namespace)
    return Cluster(found, things, events, tuple(unknown), namespaces is not None)


def read_namespaces(
    source: Source, namespace: str, selector: str, affects: list[str]
) -> tuple[tuple[Namespace, ...], tuple[Incomplete, ...]]:
    """The namespaces alone, without which `affects` is unknown."""
    unknown: list[Incomplete] = []
    return _namespaces(source, namespace, selector, affects, unknown) or (), tuple(unknown)


def _namespaces(
    source: Source,
    namespace: str,
    selector: str,
    affects: list[str],
    unknown: list[Incomplete],
) -> tuple[Namespace, ...] | None:
    """By name; None where they are unknown. A selector needs them: then there is no answer."""
    request = Request(NAMESPACES, name=namespace, label_selector=selector)
    answer = source.read(request)
    if isinstance(answer, Objects):
        return tuple(sorted(answer.items, key=lambda space: space.metadata.name))
    if selector:
        hint = (
            "--namespace-selector takes the right to list namespaces: see docs/rbac/psa-audit.yaml"
        )
        if isinstance(answer, Refused):
            raise ServerError(403, "Forbidden", answer.message, hint)
        raise SnapshotError("the snapshot does not hold the namespaces", "record it anew")
    unknown.append(unread(request, answer, affects))
    return None


def _list(
    source: Source, request: Request[T], affects: list[str], unknown: list[Incomplete]
) -> Sequence[T]:
    answer = source.read(request)
    if isinstance(answer, Objects):
        return answer.items
    unknown.append(unread(request, answer, affects))
    return ()


def _of(things: Sequence[T], namespaces: set[str] | None) -> Sequence[T]:
    if namespaces is None:
        return things
    return [thing for thing in things if thing.metadata.namespace in namespaces]


def _named(things: Things, namespace: str) -> tuple[Namespace, ...]:
    """The namespaces that something was found in, of which no more is known."""
    from kubectl_fieldkit.objects.meta import ObjectMeta

    names = {thing.metadata.namespace for listed in things.values() for thing in listed}
    names |= {namespace} if namespace else set()
    return tuple(Namespace(metadata=ObjectMeta(name=name)) for name in sorted(names))
