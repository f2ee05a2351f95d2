"""Draws a cluster."""

from random import Random

from tests.kubectl_why_pending.clusters.claims_to_nodes import add_preemption
from tests.kubectl_why_pending.clusters.devices import add_devices
from tests.kubectl_why_pending.clusters.features import add_features
from tests.kubectl_why_pending.clusters.nodes_and_pods import add_base
from tests.kubectl_why_pending.clusters.placing import add_node_affinity, add_ports, add_taints
from tests.kubectl_why_pending.clusters.resources import add_resources
from tests.kubectl_why_pending.clusters.scene import Scene
from tests.kubectl_why_pending.clusters.topology import add_topology
from tests.kubectl_why_pending.clusters.volumes import add_volumes

PARTS = (add_resources, add_taints, add_node_affinity, add_ports, add_volumes, add_topology)


def random_cluster(random: Random) -> Scene:
    """A base and one to all of the parts; preemption last, for it knows all pods."""
    scene = Scene(random)
    add_base(scene)
    for part in PARTS:
        if scene.chance(0.5):
            part(scene)
    if scene.chance(0.15):
        add_features(scene)
    if scene.chance(0.25):
        add_devices(scene)
    if scene.chance(0.7):
        add_preemption(scene)
    return scene
