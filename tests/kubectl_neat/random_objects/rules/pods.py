"""What validation asks of a pod, in a template too."""

from typing import Any

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

POD = "core.v1.PodSpec"
LABELS = {"app": "x"}
ALPHA = ("priority", "overhead", "schedulingGroup", "evictionResponders", "ephemeralContainers")


def pod_spec(maker: Maker, spec: Tree) -> None:
    """A pod that has what its parts name, and no two parts at odds."""
    drop(spec, *ALPHA)
    _parts(maker, spec)
    _host(maker, spec)
    _naming(maker, spec)
    _priority(maker, spec)
    if "runtimeClassName" in spec:  # admission adds the class's own to these
        drop(spec, "nodeSelector", "tolerations")
    if "topologySpreadConstraints" in spec:
        spread = spec["topologySpreadConstraints"]
        spec["topologySpreadConstraints"] = unique(spread, "topologyKey", "whenUnsatisfiable")
    if spec.get("dnsPolicy") == "None":
        give(maker, spec, POD, "dnsConfig")
        spec["dnsConfig"]["nameservers"] = ["192.0.2.1"]
    if "schedulingGates" in spec:
        drop(spec, "nodeName")
        spec["schedulingGates"] = unique(spec["schedulingGates"], "name")
    if spec.get("restartPolicy") == "Never":
        for container in _containers(spec):
            drop(container, "resizePolicy")
    if "tolerations" in spec:
        spec["tolerations"] = unique(spec["tolerations"], "key", "operator", "value", "effect")


def _containers(spec: Tree) -> list[Tree]:
    return [*spec.get("initContainers", []), *spec["containers"]]


def _parts(maker: Maker, spec: Tree) -> None:
    spec["containers"] = spec.get("containers") or [maker.tree("core.v1.Container")]
    for field, prefix in (("containers", "c"), ("initContainers", "i"), ("volumes", "v")):
        number(spec.get(field, ()), prefix)
    for container in spec.get("initContainers", ()):
        _initial(container)
    for container in spec["containers"]:
        if container.get("restartPolicy") == "Always" and maker.one((True, False)):
            drop(container, "restartPolicy", "restartPolicyRules")
    volumes = {volume["name"]: volume for volume in spec.get("volumes", ())}
    for container in _containers(spec):
        _mounts(maker, container, volumes)
    claims = spec.get("resourceClaims", [])
    number(claims, "claim")
    for container in _containers(spec):
        drop(container.get("resources", {}), "claims")
        if claims and maker.hit():
            container.setdefault("resources", {})["claims"] = [{"name": "claim0"}]
    _ports(spec)


def _initial(container: Tree) -> None:
    """Only one that goes on running is probed."""
    if "restartPolicy" in container:
        container["restartPolicy"] = "Always"
        drop(container, "restartPolicyRules")
    else:
        drop(container, "lifecycle", "livenessProbe", "readinessProbe", "startupProbe")
        drop(container, "resizePolicy")


def _mounts(maker: Maker, container: Tree, volumes: dict[str, Tree]) -> None:
    claims = [name for name, row in volumes.items() if "persistentVolumeClaim" in row]
    devices = (
        container.pop("volumeDevices", []) if claims else container.pop("volumeDevices", [])[:0]
    )
    mountable = [name for name in volumes if name not in claims[:1]] if devices else list(volumes)
    if devices:
        container["volumeDevices"] = [{"name": claims[0], "devicePath": "/dev/xvda"}]
    mounts = container.pop("volumeMounts", [])
    if mountable:
        for position, mount in enumerate(mounts):
            mount |= {"name": maker.one(mountable), "mountPath": f"/mnt/{position}"}
        container["volumeMounts"] = mounts
    for variable in container.get("env", ()):
        drop(variable.get("valueFrom", {}), "fileKeyRef")


def _ports(spec: Tree) -> None:
    """On a host, no two containers can have one port."""
    taken = 1000
    for container in _containers(spec):
        for position, port in enumerate(container.get("ports", ())):
            taken += 1
            port["containerPort"] = taken
            if "name" in port:
                port["name"] = f"p{position}"
            if "hostPort" in port:
                port["hostPort"] = taken


def _host(maker: Maker, spec: Tree) -> None:
    spaces = [field for field in ("hostNetwork", "hostPID", "hostIPC") if spec.get(field)]
    if spaces:
        drop(spec, "hostUsers")
    if spec.get("hostPID"):
        drop(spec, "shareProcessNamespace")
    if spec.get("hostNetwork"):
        drop(spec, "hostnameOverride")
    context: Tree = spec.get("securityContext", {})
    if "sysctls" in context:
        context["sysctls"] = [] if spaces else unique(context["sysctls"], "name")
    for part in (spec, *_containers(spec)):
        security = part.get("securityContext", {})
        drop(security, "windowsOptions")
        if spec.get("hostUsers") is not False and security.get("procMount") == "Unmasked":
            security["procMount"] = "Default"
        if spec.get("os", {}).get("name") == "windows":
            drop(part, "securityContext")
            drop(
                spec,
                "resources",
                "hostPID",
                "hostIPC",
                "shareProcessNamespace",
                "hostUsers",
                "hostNetwork",
            )
        if "os" not in spec:
            drop(part.get("lifecycle", {}), "stopSignal")
    if spec.get("os", {}).get("name") == "windows":
        for container in _containers(spec):
            drop(container.get("lifecycle", {}), "stopSignal")
    if spec.get("hostUsers") is False:
        for container in _containers(spec):
            drop(container, "volumeDevices")


def _naming(maker: Maker, spec: Tree) -> None:
    if spec.get("setHostnameAsFQDN"):
        drop(spec, "hostnameOverride")
    if "serviceAccount" in spec and "serviceAccountName" in spec:
        spec["serviceAccount"] = spec["serviceAccountName"]
    if "resourceClaims" in spec:
        spec["resourceClaims"] = unique(spec["resourceClaims"], "name")


def _priority(maker: Maker, spec: Tree) -> None:
    """The class computes the priority and says who may be preempted."""
    if spec.get("priorityClassName") or spec.get("preemptionPolicy") == "Never":
        drop(spec, "preemptionPolicy")


def template(maker: Maker, tree: Tree) -> None:
    """A template has labels for a selector to match."""
    tree.setdefault("spec", maker.tree(POD))
    metadata = {"labels": LABELS | map_of(("tier", "x/y"), ("a", ""))(maker)}
    if maker.hit():
        metadata["annotations"] = map_of(("note", "example.com/a"), ("", "1"))(maker)
    tree["metadata"] = metadata


def topology_spread(maker: Maker, tree: Tree) -> None:
    """Each constraint by itself is sound."""
    tree["maxSkew"] = maker.one((1, 2))
    if tree["whenUnsatisfiable"] != "DoNotSchedule":
        drop(tree, "minDomains")
    if "labelSelector" not in tree:
        drop(tree, "matchLabelKeys")


def pod_affinity_term(maker: Maker, tree: Tree) -> None:
    """Keys of the pod's own labels need a selector to join."""
    if "labelSelector" not in tree:
        drop(tree, "matchLabelKeys", "mismatchLabelKeys")
    if "matchLabelKeys" in tree:
        tree["matchLabelKeys"] = ["pod-template-hash"]
    if "mismatchLabelKeys" in tree:
        tree["mismatchLabelKeys"] = ["tenant"]


def toleration(maker: Maker, tree: Tree) -> None:
    """What it tolerates has a key, and a time only where pods are thrown out."""
    if tree.get("operator") in ("Gt", "Lt"):
        tree["operator"] = "Equal"
    if "key" not in tree:
        tree["operator"] = "Exists"
    if tree.get("operator") == "Exists":
        drop(tree, "value")
    if tree.get("effect") != "NoExecute":
        drop(tree, "tolerationSeconds")


def resource_claim(maker: Maker, tree: Tree) -> None:
    """A claim, or a template of one."""
    drop(tree, *maker.one((["resourceClaimName"], ["resourceClaimTemplateName"])))
    if len(tree) == 1:
        tree[maker.one(("resourceClaimName", "resourceClaimTemplateName"))] = "gpu"


def requirement(maker: Maker, tree: Tree) -> None:
    """An operator has the values that it takes."""
    counts: dict[str, Any] = {
        "In": ["a", "b"], "NotIn": ["a"], "Gt": ["1"], "Lt": ["2"], "Exists": [], "DoesNotExist": [],
    }  # fmt: skip
    values = counts[tree["operator"]]
    if values or "values" in tree:
        tree["values"] = values


def metadata(maker: Maker) -> Tree:
    """Labels and annotations, or an empty one of them."""
    made: Tree = {}
    if maker.hit():
        made["labels"] = map_of(("app", "tier", "example.com/part"), ("x", ""))(maker)
    if maker.hit():
        made["annotations"] = map_of(("note", "example.com/a"), ("", "1", "yes"))(maker)
    return made


FIELDS = {
    "metadata": metadata,
    "core.v1.PodSpec.activeDeadlineSeconds": one_of(1, 600),
    "core.v1.PodSpec.hostname": one_of("web"),
    "core.v1.PodSpec.hostnameOverride": one_of("web.example.com"),
    "core.v1.PodSpec.subdomain": one_of("sub"),
    "core.v1.PodSpec.imagePullSecrets": lambda maker: [{"name": name} for name in some_of("a", "b")(maker)],
    "core.v1.PodSpec.nodeName": one_of("node1"),
    "core.v1.PodSpec.nodeSelector": map_of(("disk", "example.com/zone"), ("ssd", "")),
    "core.v1.PodSpec.priorityClassName": one_of("", "system-cluster-critical", "high", "high"),
    "core.v1.PodSpec.runtimeClassName": one_of("sandbox"),
    "core.v1.PodSpec.schedulerName": one_of("default-scheduler", "default-scheduler", "mine"),
    "core.v1.PodSpec.serviceAccountName": one_of("default", "builder", ""),
    "core.v1.PodSpec.serviceAccount": one_of("default", "builder"),
    "core.v1.PodSpec.terminationGracePeriodSeconds": one_of(30, 0, 1, 60, 30),
    "core.v1.PodSpec.resources": lambda maker: _whole_pod(maker),
    "resourceClaimName": one_of("gpu"),
    "resourceClaimTemplateName": one_of("gpu"),
    "core.v1.PodOS.name": one_of("linux", "linux", "windows"),
    "core.v1.PodDNSConfig.nameservers": some_of("192.0.2.1", "192.0.2.2", least=0),
    "core.v1.PodDNSConfig.searches": some_of("example.com", least=0),
    "name": one_of("a", "s", "web"),
    "core.v1.PodSecurityContext.seLinuxChangePolicy": one_of("MountOption", "Recursive"),
    "core.v1.PodDNSConfigOption.name": one_of("ndots", "edns0"),
    "core.v1.HostAlias.ip": one_of("192.0.2.1", "::1"),
    "core.v1.HostAlias.hostnames": some_of("a.example.com", "b", least=0),
    "core.v1.PodReadinessGate.conditionType": one_of("example.com/ready"),
    "core.v1.PodSchedulingGate.name": one_of("example.com/a", "b"),
    "core.v1.Toleration.key": one_of("dedicated", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"),
    "core.v1.Toleration.tolerationSeconds": one_of(300, 0, 10),
    "topologyKey": one_of("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
    "core.v1.TopologySpreadConstraint.matchLabelKeys": one_of(["pod-template-hash"], []),
    "core.v1.TopologySpreadConstraint.minDomains": one_of(1, 2),
    "core.v1.NodeSelectorTerm.matchFields": lambda maker: [
        {"key": "metadata.name", "operator": "In", "values": ["node1"]}
    ],
    "core.v1.NodeSelectorRequirement.key": one_of("disk", "example.com/zone"),
    "core.v1.PreferredSchedulingTerm.preference": lambda maker: {
        "matchExpressions": [maker.tree("core.v1.NodeSelectorRequirement")]
    },
    "core.v1.Sysctl.value": one_of("1"),
    "core.v1.Sysctl.name": one_of("kernel.shm_rmid_forced", "net.ipv4.tcp_rmem"),
    "core.v1.PodAffinityTerm.namespaces": some_of("default", "other", least=0),
    "weight": one_of(1, 50, 100),
    "apimachinery.LabelSelector.matchLabels": map_of(("app", "example.com/x"), ("a", "")),
    "apimachinery.LabelSelectorRequirement.key": one_of("app", "tier"),
    "apimachinery.LabelSelectorRequirement.operator": one_of("In", "NotIn", "Exists", "DoesNotExist"),
    "core.v1.NodeSelector.nodeSelectorTerms": lambda maker: [maker.tree("core.v1.NodeSelectorTerm")],
}  # fmt: skip
MENDS = {
    POD: pod_spec,
    "core.v1.PodTemplateSpec": template,
    "core.v1.TopologySpreadConstraint": topology_spread,
    "core.v1.PodAffinityTerm": pod_affinity_term,
    "core.v1.Toleration": toleration,
    "core.v1.PodResourceClaim": resource_claim,
    "core.v1.NodeSelectorRequirement": requirement,
    "apimachinery.LabelSelectorRequirement": requirement,
}


def _whole_pod(maker: Maker) -> Tree:
    """Limits for the whole pod, above any that containers ask for."""
    return {"limits": map_of(("cpu", "memory"), ("64Gi",))(maker)}
