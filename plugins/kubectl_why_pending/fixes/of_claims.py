"""Claims, and volumes for them: made, or made again in a class that waits for the pod's node."""

from collections.abc import Iterator
from json import dumps
from shlex import quote
from typing import Any

from msgspec import to_builtins

from kubectl_why_pending.fixes import costs
from kubectl_why_pending.fixes.change import WHOLE, Change, Operation
from kubectl_why_pending.fixes.of_node import HOSTNAME
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.storage import STORAGE_CLASSES, VOLUMES, Claim, StorageClass
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.volumes.claims import (
    NO_PROVISIONER,
    WAIT_FOR_FIRST_CONSUMER,
    claim_names,
    class_name,
    class_of,
    find_claim,
    is_bound,
)

CLASSES_TRIED = 2
SOME_SIZE = "1Gi"
Document = dict[str, Any]


def usable_claims(pod: Pod, cluster: Cluster) -> Iterator[Change]:
    """For each claim that no node can help: the claim made, or made again in a class that can serve it."""
    for name in dict.fromkeys(claim_names(pod)):
        claim = find_claim(cluster, pod, name)
        for made_by in _serving_classes(cluster)[:CLASSES_TRIED]:
            if claim is None:
                yield _make_claim(pod, name, made_by.metadata.name)
            elif _is_stuck(claim, cluster):
                yield _move_claim(claim, made_by.metadata.name)


def _serving_classes(cluster: Cluster) -> list[StorageClass]:
    """Those that make a volume where the pod goes, the default first."""
    found = [
        each
        for each in cluster.all(STORAGE_CLASSES)
        if each.volume_binding_mode == WAIT_FOR_FIRST_CONSUMER
        and each.provisioner not in ("", NO_PROVISIONER)
    ]
    return sorted(
        found, key=lambda c: (c.metadata.annotations.is_default != "true", c.metadata.name)
    )


def _is_stuck(claim: Claim, cluster: Cluster) -> bool:
    """Not bound, free to be deleted, and of a class that nothing will be made from."""
    if is_bound(claim) or claim.spec.volume_name or claim.metadata.deletion_timestamp is not None:
        return False
    if claim.metadata.annotations.storage_class is not None or claim.metadata.owner_references:
        return False
    made_by = class_of(cluster, claim)
    return made_by is None or made_by.provisioner in ("", NO_PROVISIONER)


def _make_claim(pod: Pod, name: str, of_class: str) -> Change:
    namespace = pod.metadata.namespace
    document: Document = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": SOME_SIZE}},
            "storageClassName": of_class,
        },
    }
    pending = {**document, "status": {"phase": "Pending"}}
    return _change(
        "PersistentVolumeClaim",
        (namespace, name),
        f'make the claim "{name}" of class "{of_class}" (its size is for you to choose)',
        [{"op": "add", "path": WHOLE, "value": pending}],
        "it costs storage; a claim of the wrong size must be made again",
        f"kubectl create -f - <<< {quote(dumps(document))}",
    )


def _move_claim(claim: Claim, of_class: str) -> Change:
    """The class of a claim cannot be changed, so that it is deleted and made again."""
    meta = claim.metadata
    operation: Operation = {"op": "add", "path": "/spec/storageClassName", "value": of_class}
    patch = quote(dumps([operation], separators=(",", ":")))
    where = f"-n {quote(meta.namespace)}"
    return _change(
        "PersistentVolumeClaim",
        (meta.namespace, meta.name),
        f'make the claim "{meta.name}" again, of class "{of_class}"',
        [operation],
        "the claim holds no data yet; other pods may wait for it too",
        f"kubectl get pvc {quote(meta.name)} {where} -o json"
        f" | kubectl patch --local -f - --type=json -p {patch} -o json"
        f" | kubectl replace --force -f -",
    )


def local_volumes(pod: Pod, node: NodeInfo, cluster: Cluster) -> Iterator[Change]:
    """A volume on the node for each waiting claim whose class makes none."""
    for name in dict.fromkeys(claim_names(pod)):
        claim = find_claim(cluster, pod, name)
        made_by = class_of(cluster, claim) if claim else None
        if claim is None or made_by is None or is_bound(claim) or HOSTNAME not in node.labels:
            continue
        if made_by.provisioner == NO_PROVISIONER:
            yield _make_volume(claim, node, cluster)


def _make_volume(claim: Claim, node: NodeInfo, cluster: Cluster) -> Change:
    name = f"{claim.metadata.name}-on-{node.name}"
    while cluster.find(VOLUMES, name):
        name += "-more"
    here = {"key": HOSTNAME, "operator": "In", "values": [node.labels[HOSTNAME]]}
    selector = claim.spec.selector
    document: Document = {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": name, "labels": dict(selector.match_labels) if selector else {}},
        "spec": {
            "capacity": {"storage": claim.spec.resources.requests.get("storage", SOME_SIZE)},
            "accessModes": list(claim.spec.access_modes),
            "volumeMode": claim.spec.volume_mode or "Filesystem",
            "storageClassName": class_name(claim),
            "local": {"path": f"/mnt/{claim.metadata.name}"},
            "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [here]}]}},
        },
    }
    if claim.spec.volume_attributes_class_name is not None:
        document["spec"]["volumeAttributesClassName"] = claim.spec.volume_attributes_class_name
    available = {**document, "status": {"phase": "Available"}}
    return _change(
        "PersistentVolume",
        ("", name),
        f'make a volume for the claim "{claim.metadata.name}" on {node.name}',
        [{"op": "add", "path": WHOLE, "value": to_builtins(available)}],
        "the disk must be there: set its path",
        f"kubectl create -f - <<< {quote(dumps(document))}",
    )


def _change(
    kind: str,
    key: tuple[str, str],
    title: str,
    operations: list[Operation],
    risk: str,
    command: str,
) -> Change:
    return Change(kind, *key, title, tuple(operations), kind, costs.CLAIM, risk, command)
