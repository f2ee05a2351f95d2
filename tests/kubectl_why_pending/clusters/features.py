"""Features that nodes declare and pods need."""

from tests.kubectl_why_pending.clusters.scene import Scene

FEATURES = (
    "RestartAllContainersOnContainerExits",
    "UserNamespacesHostNetworkSupport",
    "VolumeBindMountOptions",
    "Unheard",
)


def add_features(scene: Scene) -> None:
    """Some nodes declare some features; the pod in question uses one or two of them."""
    random = scene.random
    for node in scene.nodes:
        if scene.chance(0.6):
            declared = random.sample(FEATURES, random.randint(1, 3))
            node["status"]["declaredFeatures"] = sorted(declared)
    spec = scene.pod["spec"]
    if scene.chance(0.5):
        spec["hostNetwork"] = random.choice([True, False])
        spec["hostUsers"] = random.choice([True, False])
    if spec.get("hostNetwork"):
        for container in [*spec["containers"], *spec.get("initContainers", [])]:
            for port in container.get("ports", []):  # as the API server defaults it
                port["hostPort"] = port.get("hostPort") or port["containerPort"]
    if scene.chance(0.4):
        codes = {"operator": "In", "values": [random.randint(1, 99)]}
        action = random.choice(["RestartAllContainers", "Restart"])
        spec["containers"][0]["restartPolicyRules"] = [{"action": action, "exitCodes": codes}]
    if scene.chance(0.2):
        options = random.choice([["noexec"], []])
        mount = {"name": "none", "mountPath": "/none", "bindMountOptions": options}
        spec["containers"][0]["volumeMounts"] = [mount]
