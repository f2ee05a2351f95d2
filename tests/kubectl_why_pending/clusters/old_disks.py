"""Volumes of former in-tree plugins: zones by labels and by node affinity, of the beta kind and today's."""

from tests.kubectl_why_pending.clusters.nodes_and_pods import ZONES
from tests.kubectl_why_pending.clusters.scene import Scene, Thing

ZONE, BETA_ZONE = "topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"
REGION, BETA_REGION = "topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"


def make_old(scene: Scene, meta: Thing, spec: Thing) -> None:
    """A disk with both, one or neither; GCE's driver takes several zones for a region."""
    random = scene.random
    name = f"old-{random.randint(0, 1)}"
    disk = random.choice(
        [
            {"gcePersistentDisk": {"pdName": name}},
            {"awsElasticBlockStore": {"volumeID": name}},
            {"cinder": {"volumeID": name}},
        ]
    )
    spec |= disk
    for key in (ZONE, BETA_ZONE):
        if scene.chance(0.3):
            several = "cinder" in disk and scene.chance(0.5)
            meta["labels"][key] = "__".join(random.sample(ZONES, 2 if several else 1))
    if scene.chance(0.7):
        terms = [{"matchExpressions": _clauses(scene)} for _ in range(random.choice([1, 1, 2]))]
        spec["nodeAffinity"] = {"required": {"nodeSelectorTerms": terms}}


def _clauses(scene: Scene) -> list[Thing]:
    """Zones, and regions that most nodes are in."""
    random = scene.random
    clauses: list[Thing] = []
    if scene.chance(0.8):
        key = random.choice([ZONE, BETA_ZONE, BETA_ZONE])
        clauses.append({"key": key, "operator": "In", "values": random.sample(ZONES, 2)})
    if scene.chance(0.6) or not clauses:
        key = random.choice([REGION, BETA_REGION, BETA_REGION])
        clauses.append({"key": key, "operator": "In", "values": ["r1"]})
    return clauses
