"""What validation asks of quotas, limits, storage, autoscaling, roles and the like."""

from tests.kubectl_neat.random_objects.maker import Maker, Tree
from tests.kubectl_neat.random_objects.rules.drawing import (
    drop,
    give,
    map_of,
    number,
    one_of,
    some_of,
    unique,
)


def limit(maker: Maker, tree: Tree) -> None:
    """Bounds that leave room: min, requested, limited, max."""
    steps = {"min": 0, "defaultRequest": 1, "default": 2, "max": 3}
    sizes = {
        "cpu": ("100m", "200m", "1", "2"),
        "memory": ("1Mi", "2Mi", "1Gi", "2Gi"),
        "storage": ("1Gi",) * 4,
    }
    for field, step in steps.items():
        if field in tree:
            wanted = ("storage",) if tree["type"] == "PersistentVolumeClaim" else ("cpu", "memory")
            keys = some_of(*wanted, least=0)(maker)
            tree[field] = {
                key: sizes[key][maker.one((step, step, 2 if step == 3 else step))] for key in keys
            }
    drop(tree, "maxLimitRequestRatio")
    if tree["type"] != "Container":
        drop(tree, "default", "defaultRequest")
    if tree["type"] == "PersistentVolumeClaim" and not ("min" in tree or "max" in tree):
        tree["max"] = {"storage": "1Gi"}
    if tree["type"] == "PersistentVolumeClaim":
        tree.setdefault("max", {})["storage"] = "1Gi"


def limits(maker: Maker, tree: Tree) -> None:
    """One item a type."""
    tree["limits"] = unique(tree["limits"], "type")


def quota(maker: Maker, tree: Tree) -> None:
    """Scopes of the kind of thing that is counted."""
    drop(tree, "scopes", "scopeSelector")
    if maker.hit():
        scope = maker.one(("BestEffort", "NotTerminating", "PriorityClass"))
        tree["hard"] = {"pods": "1"}
        if scope == "PriorityClass" or maker.one((True, False)):
            operator = {"operator": "Exists", "scopeName": scope}
            tree["scopeSelector"] = {"matchExpressions": [operator]}
        else:
            tree["scopes"] = [scope]


def metric(maker: Maker, tree: Tree) -> None:
    """The source that its type names, and no other."""
    drop(tree, "containerResource", "external", "object", "pods", "resource")
    chosen = maker.one(("containerResource", "external", "object", "pods", "resource"))
    tree["type"] = chosen[0].upper() + chosen[1:]
    give(maker, tree, "autoscaling.v2.MetricSpec", chosen)
    target = tree[chosen]["target"]
    drop(target, *target)
    if chosen in ("resource", "containerResource"):
        target |= maker.one(
            (
                {"type": "Utilization", "averageUtilization": 80},
                {"type": "AverageValue", "averageValue": "1"},
            )
        )
    elif chosen == "pods":
        target |= {"type": "AverageValue", "averageValue": "1"}
    else:
        target |= maker.one(
            ({"type": "Value", "value": "100m"}, {"type": "AverageValue", "averageValue": "1"})
        )


def scaling(maker: Maker, tree: Tree) -> None:
    """Policies, unless it is switched off."""
    tree["policies"] = unique(tree.get("policies", ()), "type")
    if not tree["policies"]:
        drop(tree, "policies")
        if maker.hit():
            tree["policies"] = [{"type": "Percent", "value": 100, "periodSeconds": 15}]


def autoscaler(maker: Maker, tree: Tree) -> None:
    """At most is no less than at least."""
    tree["maxReplicas"] = 100
    if tree.get("minReplicas") == 0:
        tree["minReplicas"] = 1


def rule(maker: Maker, tree: Tree) -> None:
    """Resources, or paths."""
    drop(tree, "nonResourceURLs")
    tree["apiGroups"] = maker.one(([""], ["apps", ""], ["*"]))
    tree["resources"] = maker.one((["pods"], ["*"], ["deployments", "pods/log"]))
    tree["verbs"] = maker.one((["get"], ["*"], ["get", "list"]))


def subject(maker: Maker, tree: Tree) -> None:
    """An account has a namespace, a user and a group have another API group."""
    drop(tree, "apiGroup", "namespace")
    group = {"apiGroup": "rbac.authorization.k8s.io"}
    if tree["kind"] == "ServiceAccount":
        tree |= {"namespace": "default"} | maker.one(({}, {"apiGroup": ""}))
    else:
        tree |= maker.one(({}, group, group))


def budget(maker: Maker, tree: Tree) -> None:
    """One of the two bounds, or none."""
    drop(tree, *maker.one((["minAvailable"], ["maxUnavailable"])))


def storage_class(maker: Maker, tree: Tree) -> None:
    """Volumes are not recycled by a class."""
    if tree.get("reclaimPolicy") == "Recycle":
        tree["reclaimPolicy"] = "Delete"


def driver(maker: Maker, tree: Tree) -> None:
    """Tokens for audiences that differ."""
    number(tree.get("tokenRequests", ()), "a", "audience")
    if not tree.get("tokenRequests"):
        drop(tree, "serviceAccountTokenInSecrets")


def node(maker: Maker, tree: Tree) -> None:
    """What controllers write of a node, nobody else writes."""
    drop(tree, "configSource", "externalID", "podCIDR", "podCIDRs", "providerID")
    for position, taint in enumerate(tree.get("taints", ())):
        taint["key"] = f"k{position}"
        drop(taint, "timeAdded")


def nothing_twice(maker: Maker, tree: Tree) -> None:
    """A key is in one of the two maps."""
    drop(tree.get("binaryData", {}), *tree.get("data", {}))


def attachment(maker: Maker, tree: Tree) -> None:
    """A volume by name, or written out."""
    drop(tree, "inlineVolumeSpec")
    tree["persistentVolumeName"] = "pv1"


FIELDS = {
    "core.v1.LimitRangeItem.type": one_of("Container", "Container", "Pod", "PersistentVolumeClaim"),
    "core.v1.ResourceQuotaSpec.hard": map_of(("pods", "requests.cpu", "limits.memory", "services", "count/deployments.apps"), ("1", "10")),
    "core.v1.NamespaceSpec.finalizers": one_of(["kubernetes"], []),
    "core.v1.Taint.key": one_of("dedicated", "example.com/gpu"),
    "core.v1.Secret.type": one_of("Opaque", "Opaque", "example.com/t", ""),
    "core.v1.Secret.data": map_of(("a", "b.c"), ("", "eA==")),
    "core.v1.Secret.stringData": map_of(("s",), ("", "x", "1e3")),
    "core.v1.ConfigMap.data": map_of(("a", "b.c", "_d"), ("", "x\ny\n", "yes", "0o17", " a", "1e3", "é\u2028", "- a: b")),
    "core.v1.ConfigMap.binaryData": map_of(("bin",), ("", "eA==")),
    "core.v1.ServiceAccount.secrets": one_of([], [{"name": "t"}]),
    # 80 is what the conversion to v2 fills in, and back, but only of an object that is stored.
    "autoscaling.v1.HorizontalPodAutoscalerSpec.targetCPUUtilizationPercentage": one_of(50, 81),
    "autoscaling.v2.HPAScalingPolicy.type": one_of("Pods", "Percent"),
    "autoscaling.v2.HPAScalingPolicy.value": one_of(4, 100, 1),
    "autoscaling.v2.HPAScalingPolicy.periodSeconds": one_of(15, 60),
    "autoscaling.v2.HPAScalingRules.selectPolicy": one_of("Max", "Min", "Disabled"),
    "autoscaling.v2.HPAScalingRules.stabilizationWindowSeconds": one_of(300, 0, 60),
    "autoscaling.v2.HPAScalingRules.tolerance": one_of("100m", "0"),
    "autoscaling.v2.HorizontalPodAutoscalerSpec.metrics": lambda maker: [maker.tree("autoscaling.v2.MetricSpec") for _ in range(maker.one((0, 1, 2)))] if maker.one((True, True, False)) else [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": maker.one((80, 50))}}}],
    "autoscaling.v2.ResourceMetricSource.name": one_of("cpu", "memory"),
    "autoscaling.v2.ContainerResourceMetricSource.name": one_of("cpu"),
    "autoscaling.v1.CrossVersionObjectReference.apiVersion": one_of("apps/v1"),
    "autoscaling.v2.CrossVersionObjectReference.kind": one_of("Deployment"),
    "autoscaling.v2.CrossVersionObjectReference.apiVersion": one_of("apps/v1"),
    "autoscaling.v1.CrossVersionObjectReference.kind": one_of("Deployment"),
    "rbac.v1.Subject.kind": one_of("User", "Group", "ServiceAccount"),
    "rbac.v1.RoleRef.apiGroup": one_of("rbac.authorization.k8s.io"),
    "rbac.v1.RoleRef.kind": one_of("ClusterRole"),
    "rbac.v1.AggregationRule.clusterRoleSelectors": lambda maker: [maker.tree("apimachinery.LabelSelector")],
    "policy.v1.PodDisruptionBudgetSpec.minAvailable": one_of(1, 0, "50%"),
    "policy.v1.PodDisruptionBudgetSpec.maxUnavailable": one_of(1, 0, "50%"),
    "storage.v1.CSIStorageCapacity.storageClassName": one_of("fast"),
    "storagemigration.v1.StorageVersionMigrationSpec.resource": one_of({"group": "apps", "resource": "deployments"}),
    "storage.v1.CSINodeDriver.nodeID": one_of("node1"),
    "storage.v1.VolumeAttachmentSpec.nodeName": one_of("node1"),
    "storage.v1.VolumeAttachmentSpec.attacher": one_of("csi.example.com"),
    "storage.v1.StorageClass.provisioner": one_of("example.com/p"),
    "storage.v1.StorageClass.parameters": map_of(("type", "fsType"), ("ssd", "")),
    "storage.v1.StorageClass.mountOptions": some_of("ro", "soft", least=0),
    "storage.v1.StorageClass.allowedTopologies": one_of([], [{"matchLabelExpressions": [{"key": "zone", "values": ["a"]}]}]),
    "storage.v1.CSIDriverSpec.fsGroupPolicy": one_of("ReadWriteOnceWithFSType", "File", "None"),
    "storage.v1.CSIDriverSpec.volumeLifecycleModes": one_of(["Persistent"], ["Persistent", "Ephemeral"], ["Ephemeral"], []),
    "storage.v1.CSIDriverSpec.nodeAllocatableUpdatePeriodSeconds": one_of(10, 60),
    "storage.v1.TokenRequest.expirationSeconds": one_of(3600, 600),
    "storage.v1.VolumeAttributesClass.parameters": map_of(("iops", "type"), ("1", "a"), least=1),
    "storage.v1.CSINodeDriver.name": one_of("csi.example.com"),
    "storage.v1.CSINodeSpec.drivers": lambda maker: [maker.tree("storage.v1.CSINodeDriver")],
    "storage.v1.CSINodeDriver.topologyKeys": some_of("example.com/zone", "zone", least=0),
    "node.v1.RuntimeClass.handler": one_of("runsc"),
    "node.v1.Overhead.podFixed": map_of(("cpu", "memory"), ("100m", "1")),
    "node.v1.Scheduling.nodeSelector": map_of(("disk",), ("ssd",)),
    "scheduling.v1.PriorityClass.value": one_of(0, 1000, -1),
    "coordination.v1.LeaseSpec.leaseDurationSeconds": one_of(15, 1),
    "coordination.v1.LeaseSpec.leaseTransitions": one_of(0, 1),
    "coordination.v1.LeaseSpec.strategy": one_of("OldestEmulationVersion"),
}  # fmt: skip
MENDS = {
    "core.v1.LimitRangeItem": limit,
    "core.v1.LimitRangeSpec": limits,
    "core.v1.ResourceQuotaSpec": quota,
    "core.v1.NodeSpec": node,
    "core.v1.ConfigMap": nothing_twice,
    "autoscaling.v2.MetricSpec": metric,
    "autoscaling.v2.HPAScalingRules": scaling,
    "autoscaling.v2.HorizontalPodAutoscalerSpec": autoscaler,
    "autoscaling.v1.HorizontalPodAutoscalerSpec": autoscaler,
    "rbac.v1.PolicyRule": rule,
    "rbac.v1.Subject": subject,
    "policy.v1.PodDisruptionBudgetSpec": budget,
    "storage.v1.StorageClass": storage_class,
    "storage.v1.CSIDriverSpec": driver,
    "storage.v1.VolumeAttachmentSource": attachment,
}
