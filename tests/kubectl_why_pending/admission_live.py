"""Namespaces with limits and classes in a live API server, and pods sent to it as a dry run."""

import json
from typing import Any

import msgspec
from msgspec import Struct

from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.admission import ADMISSION
from kubectl_why_pending.objects.priority_class import PRIORITY_CLASSES
from kubectl_why_pending.objects.runtime_class import RUNTIME_CLASSES
from kubectl_why_pending.objects.storage import CLAIMS, STORAGE_CLASSES
from tests.kubectl_why_pending.admission_manifests import Manifests, Thing
from tests.lab.api import MERGE_PATCH, ApiError
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

LISTS: tuple[Resource[Any], ...] = (*ADMISSION, CLAIMS, STORAGE_CLASSES)
PRIORITIES: tuple[Thing, ...] = (
    {"metadata": {"name": "low"}, "value": 10},
    {"metadata": {"name": "high"}, "value": 1000},
    {"metadata": {"name": "never"}, "value": 1000, "preemptionPolicy": "Never"},
)
GPU = {"key": "dedicated", "operator": "Equal", "value": "gpu", "effect": "NoSchedule"}
ANY = {"key": "dedicated", "operator": "Exists"}
RUNTIMES: tuple[Thing, ...] = (
    {"metadata": {"name": "plain"}, "handler": "x"},
    {
        "metadata": {"name": "costly"},
        "handler": "x",
        "overhead": {"podFixed": {"cpu": "100m", "memory": "0.5Gi"}},
    },
    {
        "metadata": {"name": "pinned"},
        "handler": "x",
        "overhead": {"podFixed": {"cpu": "0.1"}},
        "scheduling": {"nodeSelector": {"pool": "a", "vm": "yes"}, "tolerations": [GPU, ANY]},
    },
)


class Answer(Struct, frozen=True):
    """What the server would store, or why it would not."""

    thing: Thing | None = None
    message: str = ""


def send(lab: Lab, thing: Thing) -> Answer:
    """The server's answer to a dry run of a pod or a claim."""
    plural = f"{thing['kind'].lower()}s"
    path = f"/api/v1/namespaces/{thing['metadata']['namespace']}/{plural}?dryRun=All"
    try:
        return Answer(lab.api.send("POST", path, thing))
    except ApiError as err:
        return Answer(message=json.loads(str(err))["message"])


def add_classes(lab: Lab) -> None:
    """Classes of priority and of runtimes, for all namespaces."""
    for resource, things in ((PRIORITY_CLASSES, PRIORITIES), (RUNTIME_CLASSES, RUNTIMES)):
        for thing in things:
            lab.api.send("POST", resource.path(), thing)


def remove_classes(lab: Lab) -> None:
    """Those classes, which other tests do not expect."""
    for resource, things in ((PRIORITY_CLASSES, PRIORITIES), (RUNTIME_CLASSES, RUNTIMES)):
        for thing in things:
            lab.api.send("DELETE", resource.path(name=thing["metadata"]["name"]))


def add_namespace(lab: Lab, name: str, manifests: Manifests) -> None:
    """A namespace with an account, and perhaps with limits and a quota that is partly used."""
    lab.api.send("POST", "/api/v1/namespaces", {"metadata": {"name": name}})
    accounts = f"/api/v1/namespaces/{name}/serviceaccounts"
    lab.api.send("POST", accounts, {"metadata": {"name": "default"}})
    if manifests.chance(0.6):
        path = f"/api/v1/namespaces/{name}/limitranges"
        lab.api.send("POST", path, manifests.limit_range(name))
    if manifests.chance(0.5):
        add_quota(lab, name, manifests.quota(name), manifests)


def add_quota(lab: Lab, namespace: str, quota: Thing, manifests: Manifests | None = None) -> None:
    """The quota with the status that its controller would write, were there one."""
    path = f"/api/v1/namespaces/{namespace}/resourcequotas"
    stored = lab.api.send("POST", path, quota)
    hard = stored["spec"]["hard"]
    used = dict.fromkeys(hard, "0")
    if manifests:
        random = manifests.random
        used |= {name: "1" for name in hard if "pods" in name and random.random() < 0.3}
        used |= {name: "1500m" for name in hard if "cpu" in name and random.random() < 0.3}
        used |= {name: "512Mi" for name in hard if "memory" in name and random.random() < 0.3}
    status = {"status": {"hard": hard, "used": used}}
    lab.api.send("PATCH", f"{path}/{quota['metadata']['name']}/status", status, MERGE_PATCH)


def wait_until_seen(lab: Lab, pod: Thing) -> None:
    """What was written last is known to admission, and so is all before it."""
    name = "admission-last"
    lab.api.send("POST", "/api/v1/namespaces", {"metadata": {"name": name}})
    accounts = f"/api/v1/namespaces/{name}/serviceaccounts"
    lab.api.send("POST", accounts, {"metadata": {"name": "default"}})
    spec = {"hard": {"pods": "0"}}
    add_quota(lab, name, {"metadata": {"name": "none", "namespace": name}, "spec": spec})
    last = {"containers": [{"name": "c", "image": "x"}], "priorityClassName": "never"}
    probe = {**pod, "metadata": {"name": "probe", "namespace": name}, "spec": last}
    wait_for(
        "admission to know the last quota and the last class",
        lambda: "exceeded quota: none" in send(lab, probe).message,
    )


def read_lists(lab: Lab) -> dict[Resource[Any], list[Any]]:
    """What admission goes by, as a plugin reads it."""
    return {resource: _read(lab, resource) for resource in LISTS}


def _read(lab: Lab, resource: Resource[Any]) -> list[Any]:
    items = lab.api.send("GET", resource.path())["items"]
    return [msgspec.convert(item, resource.type) for item in items]


def fragments(message: str) -> list[str]:
    """A message whose parts come in the order of a Go map."""
    start, _, reasons = message.partition(": ")
    return [start, *sorted(reasons.removeprefix("[").removesuffix("]").split(", "))]
