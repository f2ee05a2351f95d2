"""What a live server cannot be brought to on purpose: lists that were not read, and choices among several."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.admission import ADMISSION, Admitted, Draft, admit
from kubectl_why_pending.objects.limit_range import LIMIT_RANGES
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.priority_class import PRIORITY_CLASSES
from kubectl_why_pending.objects.quota import QUOTAS
from kubectl_why_pending.objects.runtime_class import RUNTIME_CLASSES
from kubectl_why_pending.objects.storage import CLAIMS, STORAGE_CLASSES

EMPTY: dict[Resource[Any], list[Any] | None] = {
    resource: [] for resource in (*ADMISSION, CLAIMS, STORAGE_CLASSES)
}
DEFAULT = {"storageclass.kubernetes.io/is-default-class": "true"}
SIZE = {"resources": {"requests": {"storage": "1Gi"}}}
OWN = {"name": "own", "ephemeral": {"volumeClaimTemplate": {"spec": SIZE}}}
ABROAD = {"topologyKey": "zone", "labelSelector": {}, "namespaceSelector": {}}


def admitted(
    spec: dict[str, Any], lists: dict[Resource[Any], list[dict[str, Any]] | None]
) -> Admitted:
    """A pod `web` of the namespace `shop`, with nothing else there than `lists`."""
    container = {"name": "c", "image": "x"}
    meta = {"name": "web", "namespace": "shop"}
    pod = msgspec.convert({"metadata": meta, "spec": {"containers": [container], **spec}}, Pod)
    there = {
        resource: None if things is None else [_convert(resource, thing) for thing in things]
        for resource, things in lists.items()
    }
    return admit(Draft(pod), {**EMPTY, **there})


def _convert(resource: Resource[Any], thing: dict[str, Any]) -> Any:
    namespace = {"namespace": "shop"} if resource.namespaced else {}
    return msgspec.convert({**thing, "metadata": {**namespace, **thing["metadata"]}}, resource.type)


@pytest.mark.parametrize("resource", [*ADMISSION, STORAGE_CLASSES, CLAIMS])
def test_a_list_that_was_not_read_is_noted(resource: Resource[Any]) -> None:
    """Nothing is refused for want of it, and nothing passes in silence."""
    spec = {"runtimeClassName": "vm", "volumes": [OWN]}
    runtimes = [{"metadata": {"name": "vm"}}]
    ours = admitted(spec, {RUNTIME_CLASSES: runtimes, resource: None})
    assert ours.refusals == ()
    assert ours.notes == (f"{resource.plural} are not known: none was taken into account",)


def test_of_two_default_priorities_the_lower_counts() -> None:
    """As the server has it where two were made at once."""
    classes = [
        {"metadata": {"name": name}, "value": value, "globalDefault": True}
        for name, value in (("more", 9), ("less", 4))
    ]
    spec = admitted({}, {PRIORITY_CLASSES: classes}).pod.spec
    assert (spec.priority_class_name, spec.priority) == ("less", 4)


def test_of_two_default_classes_of_storage_the_newer_counts() -> None:
    """And by name where they are of one age."""
    times = {"a": 1, "c": 2, "b": 2}
    classes = [
        {
            "metadata": {
                "name": name,
                "annotations": DEFAULT,
                "creationTimestamp": datetime(2026, 1, day, tzinfo=UTC).isoformat(),
            }
        }
        for name, day in times.items()
    ]
    (claim,) = admitted({"volumes": [OWN]}, {STORAGE_CLASSES: classes}).claims
    assert (claim.metadata.name, claim.spec.storage_class_name) == ("web-own", "b")


def test_a_claim_that_is_there_is_not_made() -> None:
    """It is found as it is."""
    assert admitted({"volumes": [OWN]}, {CLAIMS: [{"metadata": {"name": "web-own"}}]}).claims == ()


def test_a_pod_waits_for_an_ephemeral_claim_that_is_refused() -> None:
    """The pod is stored; its claim is not, and the note says why."""
    quota = _quota({"persistentvolumeclaims": "2"}, {"persistentvolumeclaims": "2"})
    ours = admitted({"volumes": [OWN]}, {QUOTAS: [quota]})
    assert (ours.refusals, ours.claims) == ((), ())
    assert ours.notes == (
        'persistentvolumeclaims "web-own" is forbidden: exceeded quota: q, requested: '
        "persistentvolumeclaims=1, used: persistentvolumeclaims=2, limited: persistentvolumeclaims=2",
    )


def _quota(hard: dict[str, str], used: dict[str, str], **spec: Any) -> dict[str, Any]:
    return {"metadata": {"name": "q"}, "spec": spec, "status": {"hard": hard, "used": used}}


def test_a_quota_without_usage_refuses() -> None:
    """Its controller has not looked yet."""
    ours = admitted({}, {QUOTAS: [_quota({"pods": "5"}, {})]})
    assert ours.refusals == (
        'pods "web" is forbidden: status unknown for quota: q, resources: pods',
    )


@pytest.mark.parametrize(
    ("scope", "operator", "values", "spec", "is_counted"),
    [
        ("PriorityClass", "Exists", [], {}, False),
        ("PriorityClass", "Exists", [], {"priorityClassName": "low"}, True),
        ("PriorityClass", "DoesNotExist", [], {}, True),
        ("PriorityClass", "DoesNotExist", [], {"priorityClassName": "low"}, False),
        ("PriorityClass", "NotIn", ["high"], {"priorityClassName": "low"}, True),
        ("PriorityClass", "NotIn", ["high"], {}, True),
        ("PriorityClass", "In", ["high"], {"priorityClassName": "low"}, False),
        ("CrossNamespacePodAffinity", "Exists", [], {}, False),
        (
            "CrossNamespacePodAffinity",
            "Exists",
            [],
            {
                "affinity": {
                    "podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [ABROAD]}
                }
            },
            True,
        ),
        ("VolumeAttributesClass", "Exists", [], {}, False),
    ],
)
def test_a_quota_counts_the_pods_of_its_scope(
    scope: str, operator: str, values: list[str], spec: dict[str, Any], is_counted: bool
) -> None:
    """A pod outside of it is none of the quota's business."""
    match = {"scopeName": scope, "operator": operator, "values": values}
    quota = _quota({"pods": "0"}, {"pods": "0"}, scopeSelector={"matchExpressions": [match]})
    classes = [{"metadata": {"name": "low"}, "value": 1}]
    ours = admitted(spec, {QUOTAS: [quota], PRIORITY_CLASSES: classes})
    assert bool(ours.refusals) == is_counted


def test_every_reason_is_told_in_the_servers_order() -> None:
    """The class that is missing first, then the API's own no, the limits, the quota."""
    item = {"type": "Pod", "max": {"cpu": "1"}}
    small = {"resources": {"requests": {"cpu": "3"}, "limits": {"cpu": "2"}}}
    spec = {"priorityClassName": "none", "containers": [{"name": "c", **small}]}
    ours = admitted(
        spec,
        {
            LIMIT_RANGES: [{"metadata": {"name": "l"}, "spec": {"limits": [item]}}],
            QUOTAS: [_quota({"limits.cpu": "4"}, {"limits.cpu": "3"})],
        },
    )
    assert ours.refusals == (
        'pods "web" is forbidden: no PriorityClass with name none was found',
        'Pod "web" is invalid: spec.containers[0].resources.requests: Invalid value: "3": '
        "must be less than or equal to cpu limit of 2",
        'pods "web" is forbidden: maximum cpu usage per Pod is 1, but limit is 2',
        'pods "web" is forbidden: exceeded quota: q, requested: limits.cpu=2, '
        "used: limits.cpu=3, limited: limits.cpu=4",
    )
