"""The pod in its cluster as they are, and as they would be after some changes."""

from collections.abc import Sequence

from msgspec import Struct, convert

from kubectl_why_pending.fixes.change import WHOLE, Change, patched
from kubectl_why_pending.objects.node import Node
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.pod_info import PodInfo, waiting


class Situation(Struct, frozen=True):
    """A pod that waits in a cluster."""

    pod: PodInfo
    cluster: Cluster

    def after(self, changes: Sequence[Change]) -> "Situation":
        """With the changes made; ValueError or LookupError where two change the same place."""
        pod, cluster = self.pod.pod, self.cluster
        for change in changes:
            if change.is_deletion:
                cluster = cluster.without(f"{change.namespace}/{change.name}")
            elif change.kind == "Pod":
                pod = patched(pod, change.patch)
            elif change.kind == "Node":
                before = cluster.nodes.get(change.name)
                node = patched(before.node if before else Node(), change.patch)
                cluster = cluster.with_node(node)
            else:
                cluster = _with(cluster, change)
        info = self.pod if pod is self.pod.pod else waiting(pod)
        return Situation(info, cluster)


def _with(cluster: Cluster, change: Change) -> Cluster:
    from kubectl_why_pending.lists import RESOURCES

    resource = next(each for each in RESOURCES if each.kind == change.kind)
    things = list(cluster.all(resource))
    if change.patch[0]["path"] == WHOLE:
        made = convert(change.patch[0]["value"], resource.type)
        return cluster.with_list(resource, [*things, made])
    key = (change.namespace, change.name)
    return cluster.with_list(
        resource,
        [
            patched(each, change.patch)
            if (each.metadata.namespace, each.metadata.name) == key
            else each
            for each in things
        ],
    )
