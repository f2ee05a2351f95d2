"""What a pod does not need is not loaded, and would have had nothing to say."""

from pathlib import Path

from kubectl_why_pending.objects.node import NODES
from kubectl_why_pending.objects.pod import PODS
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Filter
from kubectl_why_pending.scheduler.filters import filters_for
from kubectl_why_pending.scheduler.filters.dynamic_resources import DynamicResources
from kubectl_why_pending.scheduler.filters.inter_pod_affinity import InterPodAffinity
from kubectl_why_pending.scheduler.filters.node_volume_limits import NodeVolumeLimits
from kubectl_why_pending.scheduler.filters.pod_topology_spread import PodTopologySpread
from kubectl_why_pending.scheduler.filters.volume_binding import VolumeBinding
from kubectl_why_pending.scheduler.filters.volume_restrictions import VolumeRestrictions
from kubectl_why_pending.scheduler.filters.volume_zone import VolumeZone
from kubectl_why_pending.scheduler.pod_info import waiting
from tests.kubectl_why_pending.clusters.random_cluster import random_cluster
from tests.kubectl_why_pending.judging import cluster_of
from tests.loading import watch
from tests.seeds import cases, rng

LARGE: tuple[type[Filter], ...] = (
    VolumeRestrictions,
    NodeVolumeLimits,
    VolumeBinding,
    VolumeZone,
    PodTopologySpread,
    InterPodAffinity,
    DynamicResources,
)
ELSEWHERE = {
    "yaml",
    "kubectl_why_pending.admission",
    "kubectl_why_pending.fixes.commands",
    "kubectl_why_pending.lacking",
    "kubectl_why_pending.objects.dynamic",
    "kubectl_why_pending.objects.storage",
    *(kind.__module__ for kind in LARGE),
}
PLAIN = """{"apiVersion": "v1", "kind": "List", "items": [
  {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "small"},
   "status": {"allocatable": {"cpu": "1", "memory": "1Gi", "pods": "9"}}},
  {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "large", "namespace": "default"},
   "spec": {"volumes": [{"name": "token", "projected": {}}],
            "containers": [{"name": "main", "resources": {"requests": {"cpu": "64"}}}]}}
]}"""


def test_a_filter_that_is_left_out_would_skip_the_pod() -> None:
    """On random clusters, whatever was read of them; the others stand in upstream's order."""
    random, left_out, loaded = rng("filters"), set(), set()
    for _ in range(cases(150)):
        whole = cluster_of(random_cluster(random).question["objects"], random.randint(24, 37))
        some = {kind: things for kind, things in whole.lists.items() if random.random() < 0.5}
        nodes_and_pods = {kind: whole.lists[kind] for kind in (NODES, PODS)}
        cluster = Cluster({**some, **nodes_and_pods}, whole.minor)
        for pod in map(waiting, cluster.all(PODS)):
            kinds = filters_for(pod, cluster)
            assert [kind for kind in LARGE if kind in kinds] == [k for k in kinds if k in LARGE]
            rest = [kind for kind in LARGE if kind not in kinds]
            assert [kind.NAME for kind in rest if kind.pre_filter(pod, cluster) is not None] == []
            left_out |= set(rest)
            loaded |= set(kinds)
    assert left_out == set(LARGE) <= loaded


def test_what_a_plain_pod_does_not_need_is_not_loaded(tmp_path: Path) -> None:
    """No volumes, no devices, no other pods, no workloads, and no fix that needs a command."""
    file = tmp_path / "cluster.json"
    file.write_text(PLAIN)
    printed, loaded = watch("why-pending", ["large", "--snapshot", str(file)], ELSEWHERE)
    assert "0/1 nodes are available: 1 Insufficient cpu." in printed
    assert loaded.endswith("\nset()")
