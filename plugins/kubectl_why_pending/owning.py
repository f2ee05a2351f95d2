"""Which workloads own which: how a pod is known to be of `deploy/web`."""

from kubectl_fieldkit.objects.workload import WORKLOAD_KINDS
from kubectl_fieldkit.reading import Request
from kubectl_fieldkit.workloads import Key, owner_of
from kubectl_why_pending.gather import Reader

BETWEEN = ("ReplicaSet", "Job")  # what stands between a pod and the workload that a user knows
AFFECTS = ["items"]


def read_owners(reader: Reader, namespace: str) -> dict[Key, Key]:
    """From each ReplicaSet and Job to its own owner; an empty namespace is all of them."""
    owners: dict[Key, Key] = {}
    for kind in WORKLOAD_KINDS:
        resource = kind.resource
        if resource.kind not in BETWEEN:
            continue
        for thing in reader.read(Request(resource, namespace=namespace), AFFECTS) or ():
            if owner := owner_of(thing):
                meta = thing.metadata
                owners[resource.group, resource.kind, meta.namespace, meta.name] = owner
    return owners
