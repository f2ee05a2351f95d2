"""What validation asks of a container."""

from tests.kubectl_neat.random_objects.maker import Maker, Tree
from tests.kubectl_neat.random_objects.rules.drawing import (
    drop,
    exactly_one,
    give,
    map_of,
    one_of,
    some_of,
    unique,
)
from tests.kubectl_neat.random_objects.values import USUAL

CONTAINER = "core.v1.Container"
HANDLERS = ("exec", "httpGet", "tcpSocket")


def container(maker: Maker, tree: Tree) -> None:
    """One that a pod can hold wherever it stands."""
    give(maker, tree, CONTAINER, "image")
    for probe in ("livenessProbe", "startupProbe"):
        drop(tree.get(probe, {}), "successThreshold") if maker.one((True, False)) else None
        if "successThreshold" in tree.get(probe, {}):
            tree[probe]["successThreshold"] = 1
    drop(tree.get("readinessProbe", {}), "terminationGracePeriodSeconds")
    if "restartPolicy" not in tree:
        drop(tree, "restartPolicyRules")
    if "resizePolicy" in tree:
        tree["resizePolicy"] = unique(tree["resizePolicy"], "resourceName")
    if "env" in tree and maker.hit(0.5):
        tree["env"] = tree["env"] * 2  # the last of two that are called the same counts


def security_context(maker: Maker, tree: Tree) -> None:
    """Privileges do not contradict one another."""
    added = tree.get("capabilities", {}).get("add", ())
    if tree.get("privileged") or "SYS_ADMIN" in added:
        drop(tree, "allowPrivilegeEscalation")


def resources(maker: Maker, tree: Tree) -> None:
    """Requests within limits; what cannot be shared is asked for as it is limited."""
    limits = {key: QUANTITIES[key][1] for key in tree.get("limits", ())}
    requests = {key: QUANTITIES[key][0] for key in tree.get("requests", ())}
    if maker.hit():
        requests = {key: limits.get(key, value) for key, value in requests.items()}
    if "hugepages-2Mi" in {**limits, **requests} or "example.com/gpu" in requests:
        limits |= {"cpu": "1"} | {key: value for key, value in requests.items() if key in WHOLE}
    for field, row in (("limits", limits), ("requests", requests)):
        if field in tree:
            tree[field] = row
    if not set(WHOLE) & set(tree.get("requests", ())) <= set(tree.get("limits", ())):
        drop(tree, "requests")
    if "hugepages-2Mi" in tree.get("limits", ()):
        tree["limits"]["cpu"] = "1"


def variable(maker: Maker, tree: Tree) -> None:
    """A value, or a place to take it from."""
    if "valueFrom" in tree:
        drop(tree, "value")


def mount(maker: Maker, tree: Tree) -> None:
    """A path within the volume, named in one way."""
    if "subPath" in tree:
        drop(tree, "subPathExpr")
    if "recursiveReadOnly" in tree:
        tree["readOnly"] = True
        drop(tree, "mountPropagation")


def container_port(maker: Maker, tree: Tree) -> None:
    """A protocol is spelt out only now and then."""
    if maker.one((True, False)):
        drop(tree, "hostIP")


def lifecycle_handler(maker: Maker, tree: Tree) -> None:
    """One of what a kubelet can do."""
    drop(tree, "tcpSocket")
    exactly_one("core.v1.LifecycleHandler", "exec", "httpGet", "sleep")(maker, tree)


WHOLE = ("example.com/gpu", "hugepages-2Mi")
QUANTITIES = {
    "cpu": ("100m", "1"),
    "memory": ("64Mi", "1Gi"),
    "ephemeral-storage": ("1Gi", "2Gi"),
    "example.com/gpu": ("1", "1"),
    "hugepages-2Mi": ("4Mi", "4Mi"),
}
PATHS = ("metadata.name", "metadata.labels['a']", "metadata.annotations['b']", "metadata.uid")
FIELDS = {
    "core.v1.Container.image": one_of(*(image for image in USUAL["image"] if image)),
    "core.v1.Container.restartPolicy": one_of("Always", "Never", "OnFailure"),
    "core.v1.Container.terminationMessagePath": one_of("/dev/termination-log", "/tmp/log"),
    "core.v1.Container.args": lambda maker: maker.random.choices(("-v", "-v", "", "y", "1e3"), k=3),
    "core.v1.ContainerPort.hostIP": one_of("127.0.0.1"),
    "core.v1.ContainerResizePolicy.resourceName": one_of("cpu", "memory"),
    "core.v1.ContainerResizePolicy.restartPolicy": one_of("NotRequired", "RestartContainer"),
    "core.v1.ContainerRestartRule.action": one_of("Restart"),
    "core.v1.ContainerRestartRule.exitCodes": lambda maker: {"operator": maker.one(("In", "NotIn")), "values": [1, 2]},
    "core.v1.Container.restartPolicyRules": lambda maker: [maker.tree("core.v1.ContainerRestartRule")],
    "core.v1.ResourceRequirements.limits": map_of(QUANTITIES, ("1",)),
    "core.v1.ResourceRequirements.requests": map_of(QUANTITIES, ("1",)),
    "core.v1.EnvVar.name": one_of("A", "B_C", "PATH"),
    "core.v1.EnvVar.value": one_of("", "a", "true", "1", "$(A)"),
    "core.v1.EnvFromSource.prefix": one_of("", "P_"),
    "core.v1.ObjectFieldSelector.fieldPath": one_of(*PATHS),
    "core.v1.ObjectFieldSelector.apiVersion": one_of("v1"),
    "core.v1.ResourceFieldSelector.resource": one_of("limits.cpu", "requests.cpu"),
    "core.v1.ResourceFieldSelector.containerName": one_of("c0"),
    "core.v1.ResourceFieldSelector.divisor": one_of("0", "1", "1m"),
    "core.v1.Capabilities.add": some_of("CHOWN", "SYS_ADMIN", "NET_BIND_SERVICE", least=0),
    "core.v1.Capabilities.drop": some_of("ALL", "KILL", least=0),
    "core.v1.HTTPGetAction.path": one_of("/", "/healthz", ""),
    "core.v1.HTTPGetAction.host": one_of("127.0.0.1"),
    "core.v1.HTTPGetAction.port": one_of(80, "http"),
    "core.v1.TCPSocketAction.port": one_of(80, "http"),
    "core.v1.GRPCAction.port": one_of(80),
    "core.v1.GRPCAction.mode": one_of("Plaintext", "TLS"),
    "core.v1.GRPCAction.service": one_of("", "health"),
    "core.v1.HTTPHeader.value": one_of("a"),
    "core.v1.HTTPHeader.name": one_of("X-A", "Host"),
    "core.v1.ExecAction.command": one_of(["true"], ["a", "a"]),
    "core.v1.SleepAction.seconds": one_of(0, 0, 1),
    "core.v1.Probe.terminationGracePeriodSeconds": one_of(30, 1),
    "core.v1.Probe.timeoutSeconds": one_of(1, 1, 0, 2),
    "core.v1.Probe.successThreshold": one_of(1, 1, 0, 2),
    "core.v1.VolumeMount.subPath": one_of("a", "a/b", ""),
    "core.v1.VolumeMount.subPathExpr": one_of("$(A)", ""),
    "core.v1.VolumeMount.recursiveReadOnly": one_of("Disabled", "IfPossible", "Enabled"),
    "core.v1.VolumeMount.mountPropagation": one_of("None", "HostToContainer"),
    "runAsUser": one_of(0, 1000),
    "runAsGroup": one_of(0, 1000),
    "core.v1.SeccompProfile.type": one_of("RuntimeDefault", "Unconfined", "Localhost"),
}  # fmt: skip


def profile(maker: Maker, tree: Tree) -> None:
    """A file is named for the type that is one."""
    drop(tree, "localhostProfile")
    if tree["type"] == "Localhost":
        tree["localhostProfile"] = "p"


MENDS = {
    CONTAINER: container,
    "core.v1.SecurityContext": security_context,
    "core.v1.ResourceRequirements": resources,
    "core.v1.EnvVar": variable,
    "core.v1.VolumeMount": mount,
    "core.v1.ContainerPort": container_port,
    "core.v1.LifecycleHandler": lifecycle_handler,
    "core.v1.SeccompProfile": profile,
    "core.v1.AppArmorProfile": profile,
    "core.v1.Probe": exactly_one("core.v1.Probe", *HANDLERS, "grpc"),
    "core.v1.EnvVarSource": exactly_one(
        "core.v1.EnvVarSource", "configMapKeyRef", "fieldRef", "resourceFieldRef", "secretKeyRef"
    ),
    "core.v1.EnvFromSource": exactly_one("core.v1.EnvFromSource", "configMapRef", "secretRef"),
}
