"""What nodes and pods say of each other by taints, labels, names, cordons and host ports."""

from tests.kubectl_why_pending.clusters.scene import Scene, Thing

TAINTS = (
    {"key": "dedicated", "value": "gpu", "effect": "NoSchedule"},
    {"key": "dedicated", "value": "7", "effect": "NoExecute"},
    {"key": "node.kubernetes.io/not-ready", "effect": "NoExecute"},
    {"key": "soft", "effect": "PreferNoSchedule"},
    {"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"},
)
TOLERATIONS = (
    {"operator": "Exists"},
    {"key": "dedicated", "operator": "Exists"},
    {"key": "dedicated", "value": "gpu"},
    {"key": "dedicated", "operator": "Equal", "value": "gpu", "effect": "NoExecute"},
    {"key": "dedicated", "operator": "Gt", "value": "5"},
    {"operator": "Exists", "effect": "NoSchedule"},
    {"key": "node.kubernetes.io/unschedulable", "operator": "Exists", "effect": "NoSchedule"},
    {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "tolerationSeconds": 300},
)
KEYS = ("disk", "topology.kubernetes.io/zone", "absent", "number")


def add_taints(scene: Scene) -> None:
    """Taints, cordons, tolerations."""
    random = scene.random
    for node in scene.nodes:
        if scene.chance(0.5):
            node["spec"]["taints"] = random.sample(TAINTS, random.randint(1, 2))
        if scene.chance(0.2):
            node["spec"]["unschedulable"] = True
    if scene.chance(0.6):
        scene.pod["spec"]["tolerations"] = random.sample(TOLERATIONS, random.randint(1, 3))


def add_node_affinity(scene: Scene) -> None:
    """nodeSelector, terms of every operator (broken ones too), pinned names."""
    random = scene.random
    for node in scene.nodes:
        if scene.chance(0.5):
            value = random.choice(["5", "12", "-3", "x", "007", "99999999999999999999"])
            node["metadata"]["labels"]["number"] = value
    spec = scene.pod["spec"]
    if scene.chance(0.4):
        spec["nodeSelector"] = {random.choice(KEYS): random.choice(["ssd", "a", ""])}
    if scene.chance(0.7):
        terms = [_term(scene) for _ in range(random.randint(1, 3))]
        required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}
        spec.setdefault("affinity", {})["nodeAffinity"] = required


def _term(scene: Scene) -> Thing:
    term: Thing = {}
    if scene.chance(0.8):
        term["matchExpressions"] = [_clause(scene) for _ in range(scene.random.randint(1, 2))]
    if scene.chance(0.3):
        names = [node["metadata"]["name"] for node in scene.nodes] + ["gone"]
        term["matchFields"] = [
            {
                "key": "metadata.name",
                "operator": scene.random.choice(["In", "In", "NotIn"]),
                "values": [scene.random.choice(names)],
            }
            for _ in range(scene.random.choice([1, 1, 2]))
        ]
    return term


def _clause(scene: Scene) -> Thing:
    random = scene.random
    operator = random.choice(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"])
    key = random.choice(KEYS)
    if operator in ("Exists", "DoesNotExist"):
        return {"key": key, "operator": operator}
    if operator in ("Gt", "Lt"):
        values = [random.choice(["5", "0", "-4", "x", "1.5", "+7", " 7"])]
        return {"key": "number", "operator": operator, "values": values}
    values = random.sample(["ssd", "hdd", "a", "b", "not a label!"], random.randint(1, 2))
    return {"key": key, "operator": operator, "values": values}


def add_ports(scene: Scene) -> None:
    """Host ports of containers and sidecars, on addresses, of protocols."""
    for pod in scene.all_pods:
        if scene.chance(0.6):
            for container in pod["spec"]["containers"]:
                container["ports"] = [_port(scene) for _ in range(scene.random.randint(1, 2))]
        for container in pod["spec"].get("initContainers", []):
            if scene.chance(0.5):
                container["ports"] = [_port(scene)]


def _port(scene: Scene) -> Thing:
    random = scene.random
    port: Thing = {"containerPort": 80, "hostPort": random.choice([0, 80, 80, 81])}
    if scene.chance(0.4):
        port["hostIP"] = random.choice(["0.0.0.0", "127.0.0.1", "10.0.0.1", "::"])
    if scene.chance(0.5):
        port["protocol"] = random.choice(["TCP", "UDP"])
    return port
