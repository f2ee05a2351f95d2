"""Topology spread and affinity between pods, of every form, on all pods."""

from tests.kubectl_why_pending.clusters.scene import NAMESPACES, Scene, Thing

KEYS = ("topology.kubernetes.io/zone", "kubernetes.io/hostname", "disk", "absent")


def add_topology(scene: Scene) -> None:
    """Constraints on the pod in question, terms on it and on others; some pods are leaving."""
    for node in scene.nodes:
        labels = node["metadata"]["labels"]
        if scene.chance(0.05):
            del labels["kubernetes.io/hostname"]
        elif scene.chance(0.1):  # one name for several nodes is one domain
            labels["kubernetes.io/hostname"] = "node-0"
        if scene.chance(0.1):
            labels["disk"] = ""
    for pod in scene.pods:
        if scene.chance(0.25):
            _avoid(scene, pod)
        if scene.chance(0.1):
            _join(scene, pod)
        if scene.chance(0.1) and pod["spec"].get("nodeName"):
            pod["metadata"]["deletionTimestamp"] = "2026-11-20T00:00:00Z"
            pod["metadata"]["finalizers"] = ["fieldkit/kept"]
    if scene.chance(0.6):
        constraints = [_constraint(scene) for _ in range(scene.random.randint(1, 3))]
        scene.pod["spec"]["topologySpreadConstraints"] = constraints
    if scene.chance(0.4):
        _join(scene, scene.pod)
    if scene.chance(0.4):
        _avoid(scene, scene.pod)


def _constraint(scene: Scene) -> Thing:
    random = scene.random
    constraint: Thing = {
        "maxSkew": random.choice([1, 1, 1, 2, 3]),
        "topologyKey": random.choice([*KEYS[:2], *KEYS]),
        "whenUnsatisfiable": random.choice(["DoNotSchedule", "DoNotSchedule", "ScheduleAnyway"]),
    }
    if (selector := _selector(scene)) is not None:
        constraint["labelSelector"] = selector
        if scene.chance(0.3):
            constraint["matchLabelKeys"] = random.sample(["app", "tier", "nothing"], 2)
    if scene.chance(0.3) and constraint["whenUnsatisfiable"] == "DoNotSchedule":
        constraint["minDomains"] = random.randint(1, 5)
    if scene.chance(0.4):
        constraint["nodeAffinityPolicy"] = random.choice(["Honor", "Ignore"])
    if scene.chance(0.4):
        constraint["nodeTaintsPolicy"] = random.choice(["Honor", "Ignore"])
    return constraint


def _selector(scene: Scene) -> Thing | None:
    random = scene.random
    return random.choice(
        [
            {"matchLabels": {"app": random.choice(["web", "db", "cache"])}},
            {"matchLabels": {"app": "web", "tier": "front"}},
            {"matchExpressions": [{"key": "app", "operator": "In", "values": ["web", "db"]}]},
            {"matchExpressions": [{"key": "tier", "operator": "Exists"}]},
            {"matchExpressions": [{"key": "tier", "operator": "DoesNotExist"}]},
            {"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["db"]}]},
            {},
            None,
        ]
    )


def _term(scene: Scene) -> Thing:
    random = scene.random
    term: Thing = {"topologyKey": random.choice([*KEYS[:2], *KEYS])}
    if (selector := _selector(scene)) is not None:
        term["labelSelector"] = selector
        if scene.chance(0.1):  # the API server has made a selector of them
            term["matchLabelKeys"], term["mismatchLabelKeys"] = ["app"], ["tier"]
    if scene.chance(0.3):
        term["namespaces"] = random.sample([*NAMESPACES, "gone"], random.randint(1, 2))
    if scene.chance(0.3):
        term["namespaceSelector"] = random.choice(
            [{}, {"matchLabels": {"team": "a"}}, {"matchLabels": {"team": "nobody"}}]
        )
    return term


def _set(scene: Scene, pod: Thing, kind: str) -> None:
    terms = [_term(scene) for _ in range(scene.random.choice([1, 1, 2]))]
    required = {"requiredDuringSchedulingIgnoredDuringExecution": terms}
    pod["spec"].setdefault("affinity", {})[kind] = required


def _join(scene: Scene, pod: Thing) -> None:
    _set(scene, pod, "podAffinity")


def _avoid(scene: Scene, pod: Thing) -> None:
    _set(scene, pod, "podAntiAffinity")
