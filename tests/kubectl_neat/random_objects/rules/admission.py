"""What validation asks of webhooks, admission policies, priority and flow, and devices."""

from tests.kubectl_neat.random_objects.maker import Maker, Tree
from tests.kubectl_neat.random_objects.rules.drawing import (
    drop,
    exactly_one,
    give,
    map_of,
    number,
    one_of,
)


def configuration(maker: Maker, tree: Tree) -> None:
    """Webhooks called apart."""
    for position, hook in enumerate(tree.get("webhooks", ())):
        hook["name"] = f"h{position}.example.com"


def conditions(maker: Maker, tree: Tree) -> None:
    """Conditions and variables called apart, and constraints on what is looked at."""
    for field, prefix in (("matchConditions", "m"), ("variables", "v"), ("auditAnnotations", "a")):
        number(tree.get(field, ()), prefix, "key" if prefix == "a" else "name")


def rules(maker: Maker, tree: Tree) -> None:
    """Operations on resources of groups."""
    tree["operations"] = maker.one((["CREATE"], ["*"], ["CREATE", "UPDATE"]))
    tree["apiGroups"] = maker.one((["*"], [""], ["apps", "batch"]))
    tree["apiVersions"] = maker.one((["*"], ["v1"]))
    tree["resources"] = maker.one((["*"], ["pods"], ["*/*"], ["deployments/scale"]))
    if "resourceNames" in tree:
        tree["resourceNames"] = maker.one(([], ["a"]))


def constraints(name: str, needs: str) -> object:
    """The mend of a policy's spec."""

    def mend(maker: Maker, tree: Tree) -> None:
        conditions(maker, tree)
        match = tree.setdefault("matchConstraints", maker.tree(MATCH))
        match["resourceRules"] = [maker.tree("admissionregistration.v1.NamedRuleWithOperations")]
        if not tree.get(needs):
            tree[needs] = [maker.tree(name)]

    return mend


def mutation(maker: Maker, tree: Tree) -> None:
    """A patch of its type."""
    drop(tree, "applyConfiguration", "jsonPatch")
    if tree["patchType"] == "JSONPatch":
        tree["jsonPatch"] = {"expression": '[JSONPatch{op: "remove", path: "/metadata/labels/a"}]'}
    else:
        tree["applyConfiguration"] = {"expression": "Object{}"}


def parameters(maker: Maker, tree: Tree) -> None:
    """By name or by labels."""
    drop(tree, *maker.one((["name"], ["selector"])))
    if "name" not in tree and "selector" not in tree:
        tree["name"] = "p"
    tree["parameterNotFoundAction"] = maker.one(("Allow", "Deny"))


def priority_level(maker: Maker, tree: Tree) -> None:
    """What its type has."""
    if tree["type"] == "Limited":
        drop(tree, "exempt")
        give(maker, tree, "flowcontrol.v1.PriorityLevelConfigurationSpec", "limited")
    else:
        tree["type"] = "Limited"
        drop(tree, "exempt")
        give(maker, tree, "flowcontrol.v1.PriorityLevelConfigurationSpec", "limited")


def limit_response(maker: Maker, tree: Tree) -> None:
    """Queues only where requests wait."""
    drop(tree, "queuing")
    if tree["type"] == "Queue":
        tree["queuing"] = maker.one(
            ({}, {"queues": 64}, {"queues": 64, "handSize": 8, "queueLengthLimit": 50}, {"handSize": 4})
        )  # fmt: skip


def flow_subject(maker: Maker, tree: Tree) -> None:
    """The one that its kind names."""
    drop(tree, "group", "serviceAccount", "user")
    chosen = maker.one(("group", "serviceAccount", "user"))
    tree["kind"] = chosen[0].upper() + chosen[1:]
    tree[chosen] = {"name": "a"} | ({"namespace": "default"} if chosen == "serviceAccount" else {})


def flow_rule(maker: Maker, tree: Tree) -> None:
    """Requests for resources, or for paths."""
    tree["subjects"] = tree["subjects"] or [maker.tree("flowcontrol.v1.Subject")]
    if not tree.get("resourceRules"):
        tree["nonResourceRules"] = [{"nonResourceURLs": ["/healthz"], "verbs": ["get"]}]
    else:
        drop(tree, "nonResourceRules")


def flow_resource(maker: Maker, tree: Tree) -> None:
    """Of a namespace, or of the whole cluster."""
    tree["apiGroups"], tree["verbs"] = maker.one(([""], ["*"])), ["get"]
    tree["resources"] = ["pods"]
    if not tree.get("clusterScope"):
        tree["namespaces"] = maker.one((["default"], ["*"]))


def device_request(maker: Maker, tree: Tree) -> None:
    """As many as asked for, or all."""
    drop(tree, "adminAccess")
    if tree.get("allocationMode") == "All":
        drop(tree, "count")
    elif "count" in tree:
        tree["count"] = maker.one((1, 1, 2))
    if "capacity" in tree:
        tree["capacity"] = {"requests": {"example.com/memory": "1Gi"}}


def device_claim(maker: Maker, tree: Tree) -> None:
    """Requests called apart, and the rest about one of them."""
    number(tree.get("requests", ()), "r")
    for field in ("constraints", "config"):
        if not tree.get("requests"):
            drop(tree, field)
        for row in tree.get(field, ()):
            if "requests" in row:
                row["requests"] = maker.one(([], ["r0"]))


def first_available(maker: Maker, tree: Tree) -> None:
    """Exactly so, or the first that there is."""
    exactly_one("resource.v1.DeviceRequest", "exactly", "firstAvailable")(maker, tree)
    if "firstAvailable" in tree:
        tree["firstAvailable"] = tree["firstAvailable"] or [
            maker.tree("resource.v1.DeviceSubRequest")
        ]
        number(tree["firstAvailable"], "s")


def device_toleration(maker: Maker, tree: Tree) -> None:
    """What it tolerates has a key, and a time only where pods are thrown out."""
    if "key" not in tree:
        tree["operator"] = "Exists"
    if tree.get("operator") == "Exists":
        drop(tree, "value")
    if tree.get("effect") != "NoExecute":
        drop(tree, "tolerationSeconds")
    if tree.get("effect") == "None":
        drop(tree, "effect")


def device(maker: Maker, tree: Tree) -> None:
    """A device of a slice that says itself where it is."""
    drop(tree, "allNodes", "nodeName", "nodeSelector", "consumesCounters", "bindsToNode")
    drop(tree, "bindingConditions", "bindingFailureConditions", "nodeAllocatableResources")
    if "attributes" in tree:
        values = (
            {"bool": False},
            {"int": 0},
            {"string": ""},
            {"version": "1.0.0"},
            {"string": "a"},
        )
        tree["attributes"] = map_of(("model", "example.com/size"), values)(maker)
    if "capacity" in tree:
        tree["capacity"] = {"memory": {"value": maker.one(("1Gi", "2"))}}


def slice_spec(maker: Maker, tree: Tree) -> None:
    """Devices of one node, of some or of all."""
    drop(tree, "nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection", "sharedCounters")
    drop(tree, "partitionTypeAttribute", "skipNodeOperations")
    tree |= maker.one(({"nodeName": "node1"}, {"allNodes": True}))
    tree["pool"] = {"name": "pool", "generation": maker.one((0, 1)), "resourceSliceCount": 1}
    number(tree.get("devices", ()), "d")


MATCH = "admissionregistration.v1.MatchResources"
FIELDS = {
    "clientConfig": lambda maker: maker.one(({"url": "https://example.com/hook"}, {"service": maker.tree("admissionregistration.v1.ServiceReference")}, {"service": maker.tree("admissionregistration.v1.ServiceReference")})),
    "sideEffects": one_of("None", "NoneOnDryRun"),
    "admissionReviewVersions": one_of(["v1"], ["v1", "v1beta1"]),
    "admissionregistration.v1.ServiceReference.path": one_of("/hook"),
    "admissionregistration.v1.ServiceReference.port": one_of(443, 443, 8443),
    "expression": one_of("true", "1 == 1"),
    "messageExpression": one_of("'no'"),
    "valueExpression": one_of("'a'"),
    "admissionregistration.v1.Validation.reason": one_of("Invalid", "Forbidden"),
    "admissionregistration.v1.Validation.message": one_of("no"),
    "admissionregistration.v1.ParamKind.apiVersion": one_of("v1"),
    "admissionregistration.v1.ParamKind.kind": one_of("ConfigMap"),
    "paramKind": lambda maker: {"apiVersion": "v1", "kind": "ConfigMap"},
    "admissionregistration.v1.MatchResources.excludeResourceRules": lambda maker: [] if maker.one((True, False)) else [maker.tree("admissionregistration.v1.NamedRuleWithOperations")],
    "validationActions": one_of(["Deny"], ["Warn", "Audit"], ["Audit"]),
    "flowcontrol.v1.LimitResponse.type": one_of("Queue", "Reject"),
    "flowcontrol.v1.PriorityLevelConfigurationSpec.type": one_of("Limited"),
    "lendablePercent": one_of(0, 50),
    "borrowingLimitPercent": one_of(0, 50),
    "nominalConcurrencyShares": one_of(30, 0, 1),
    "matchingPrecedence": one_of(1000, 1, 500),
    "flowcontrol.v1.FlowDistinguisherMethod.type": one_of("ByUser", "ByNamespace"),
    "deviceClassName": one_of("gpu.example.com"),
    "opaque": lambda maker: {"driver": "d.example.com", "parameters": {"a": []}},
    "resource.v1.DeviceSelector.cel": lambda maker: {"expression": 'device.driver == "d.example.com"'},
    "resource.v1.DeviceConstraint.distinctAttribute": one_of("example.com/model"),
    "resource.v1.DeviceConstraint.matchAttribute": one_of("example.com/model"),
    "resource.v1.DeviceClassSpec.extendedResourceName": one_of("example.com/gpu"),
    "resource.v1.ResourceSliceSpec.driver": one_of("d.example.com"),
    "resource.v1.DeviceTaint.key": one_of("example.com/broken"),
    "resource.v1.DeviceTaint.timeAdded": one_of("2026-01-02T03:04:05Z"),
    "resource.v1.DeviceToleration.key": one_of("example.com/broken"),
    "policyName": one_of("p.example.com"),
    "admissionregistration.v1.MutatingWebhook.timeoutSeconds": one_of(10, 1, 30),
    "admissionregistration.v1.ValidatingWebhook.timeoutSeconds": one_of(10, 1, 30),
}  # fmt: skip
MENDS = {
    "admissionregistration.v1.MutatingWebhookConfiguration": configuration,
    "admissionregistration.v1.ValidatingWebhookConfiguration": configuration,
    "admissionregistration.v1.MutatingWebhook": conditions,
    "admissionregistration.v1.ValidatingWebhook": conditions,
    "admissionregistration.v1.RuleWithOperations": rules,
    "admissionregistration.v1.NamedRuleWithOperations": rules,
    "admissionregistration.v1.ValidatingAdmissionPolicySpec": constraints(
        "admissionregistration.v1.Validation", "validations"
    ),
    "admissionregistration.v1.MutatingAdmissionPolicySpec": constraints(
        "admissionregistration.v1.Mutation", "mutations"
    ),
    "admissionregistration.v1.Mutation": mutation,
    "admissionregistration.v1.ParamRef": parameters,
    "flowcontrol.v1.PriorityLevelConfigurationSpec": priority_level,
    "flowcontrol.v1.LimitResponse": limit_response,
    "flowcontrol.v1.Subject": flow_subject,
    "flowcontrol.v1.PolicyRulesWithSubjects": flow_rule,
    "flowcontrol.v1.ResourcePolicyRule": flow_resource,
    "resource.v1.DeviceClaim": device_claim,
    "resource.v1.DeviceConstraint": exactly_one(
        "resource.v1.DeviceConstraint", "matchAttribute", "distinctAttribute"
    ),
    "resource.v1.DeviceRequest": first_available,
    "resource.v1.ExactDeviceRequest": device_request,
    "resource.v1.DeviceSubRequest": device_request,
    "resource.v1.DeviceToleration": device_toleration,
    "resource.v1.Device": device,
    "resource.v1.ResourceSliceSpec": slice_spec,
}
