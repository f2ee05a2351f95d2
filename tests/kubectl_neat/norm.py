"""An object without what differs from one creation to the next: what no manifest can say.

Written from the API's own documentation, not from the plugin. What the manifest pins (a `nodePort`, a
`clusterIP`) is not allocated, so it counts.
"""

import json
import re
from collections.abc import Callable
from typing import Any

Tree = dict[str, Any]

# Set by the server on every object.
SERVER_METADATA = (
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generateName",
    "generation",
    "managedFields",
    "ownerReferences",
    "resourceVersion",
    "selfLink",
    "uid",
)
# Written by controllers and by kubectl, after the object was made or beside it.
ANNOTATIONS = (
    "autoscaling.alpha.kubernetes.io/conditions",
    "autoscaling.alpha.kubernetes.io/current-metrics",
    "deployment.kubernetes.io/revision",
    "kubectl.kubernetes.io/last-applied-configuration",
    "kubernetes.io/service-account.uid",
    "node.alpha.kubernetes.io/ttl",
    "pv.kubernetes.io/bind-completed",
    "pv.kubernetes.io/bound-by-controller",
    "volume.beta.kubernetes.io/storage-provisioner",
    "volume.kubernetes.io/selected-node",
    "volume.kubernetes.io/storage-provisioner",
)
# Written by controllers, so that they hear of a deletion.
FINALIZERS = (
    "external-provisioner.volume.kubernetes.io/finalizer",
    "networking.k8s.io/service-cidr-finalizer",
    "service.kubernetes.io/load-balancer-cleanup",
)
_TOKEN_VOLUME = re.compile(r'"kube-api-access-[a-z0-9]{5}"')


def norm(live: Tree, manifest: Tree) -> Tree:
    """The object as any creation of the manifest gives it."""
    tree: Tree = _own_names_hidden(live)
    tree.pop("status", None)
    metadata = tree["metadata"]
    for field in SERVER_METADATA:
        metadata.pop(field, None)
    _drop_annotations(metadata)
    _drop_finalizers(metadata)
    _ALLOCATED.get(tree["kind"], _nothing)(tree, manifest.get("spec") or {})
    return tree


def _own_names_hidden(live: Tree) -> Any:
    """A copy in which the object's own uid and the name of its token volume are always the same."""
    text = json.dumps(live)
    uid = live["metadata"].get("uid")
    if uid:
        text = text.replace(uid, "own-uid")
    return json.loads(_TOKEN_VOLUME.sub('"kube-api-access-"', text))


def _drop_annotations(metadata: Tree) -> None:
    annotations = metadata.get("annotations", {})
    for name in ANNOTATIONS:
        annotations.pop(name, None)
    if not annotations:
        metadata.pop("annotations", None)


def _drop_finalizers(metadata: Tree) -> None:
    kept = [name for name in metadata.pop("finalizers", []) if name not in FINALIZERS]
    if kept:
        metadata["finalizers"] = kept


def _nothing(tree: Tree, manifest: Tree) -> None:
    """Nothing is allocated to most kinds."""


def _service(tree: Tree, written: Tree) -> None:
    """Addresses and ports come from the cluster's ranges."""
    spec = tree["spec"]
    if "clusterIP" not in written and "clusterIPs" not in written:
        spec.pop("clusterIP", None)
        spec.pop("clusterIPs", None)
    if "healthCheckNodePort" not in written:
        spec.pop("healthCheckNodePort", None)
    pinned = [port.get("nodePort") for port in written.get("ports") or ()]
    for place, port in enumerate(spec.get("ports", ())):
        if port.get("nodePort") and (place >= len(pinned) or not pinned[place]):
            port["nodePort"] = "allocated"


def _pod(tree: Tree, written: Tree) -> None:
    """The scheduler says where it runs."""
    if "nodeName" not in written:
        tree["spec"].pop("nodeName", None)


def _claim(tree: Tree, written: Tree) -> None:
    """The binder says which volume it is."""
    if "volumeName" not in written:
        tree["spec"].pop("volumeName", None)


def _volume(tree: Tree, written: Tree) -> None:
    """The binder says whose it is, and which object of that name."""
    if "claimRef" not in written:
        tree["spec"].pop("claimRef", None)
    for field in ("apiVersion", "kind", "resourceVersion", "uid"):
        tree["spec"].get("claimRef", {}).pop(field, None)


def _secret(tree: Tree, written: Tree) -> None:
    """A controller writes the token of an account."""
    if tree.get("type") == "kubernetes.io/service-account-token":
        tree.pop("data", None)


def _cluster_role(tree: Tree, written: Tree) -> None:
    """A controller adds up the rules of an aggregated role."""
    if tree.get("aggregationRule"):
        tree.pop("rules", None)


def _node(tree: Tree, written: Tree) -> None:
    """Controllers taint a node that nobody hears of, whatever else it has."""
    taints = [
        taint
        for taint in tree["spec"].pop("taints", [])
        if not taint["key"].startswith("node.kubernetes.io/") or taint in written.get("taints", ())
    ]
    if taints:
        tree["spec"]["taints"] = taints


def _device_taint_rule(tree: Tree, written: Tree) -> None:
    """The server's clock."""
    if "timeAdded" not in written.get("taint", {}):
        tree["spec"]["taint"].pop("timeAdded", None)


def _resource_slice(tree: Tree, written: Tree) -> None:
    """The same clock, in the taints of each device."""
    told = [device.get("taints") or () for device in written.get("devices") or ()]
    for at, device in enumerate(tree["spec"].get("devices") or ()):
        taints = told[at] if at < len(told) else ()
        for place, taint in enumerate(device.get("taints") or ()):
            if place >= len(taints) or "timeAdded" not in taints[place]:
                taint.pop("timeAdded", None)


_ALLOCATED: dict[str, Callable[[Tree, Tree], None]] = {
    "ClusterRole": _cluster_role,
    "DeviceTaintRule": _device_taint_rule,
    "Node": _node,
    "PersistentVolume": _volume,
    "PersistentVolumeClaim": _claim,
    "Pod": _pod,
    "ResourceSlice": _resource_slice,
    "Secret": _secret,
    "Service": _service,
}
