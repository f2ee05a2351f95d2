"""The sentence is that of a real scheduler in a real cluster, read through the API server."""

from collections.abc import Iterator

import pytest

from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.options import SourceFlags
from kubectl_fieldkit.source import open_source
from kubectl_why_pending.answer import answer
from kubectl_why_pending.choosing import Question
from tests.kubectl_why_pending.clusters.random_cluster import random_cluster
from tests.kubectl_why_pending.live_cluster import LiveCluster, prepare, remove_pod, try_pod
from tests.lab.lab import Lab
from tests.seeds import cases, rng

CLUSTERS, PODS = 40, 20


@pytest.fixture(scope="module")
def scheduled(programs: None) -> Iterator[Lab]:
    """A control plane with a scheduler and nothing else that moves."""
    with Lab(scheduler=True) as lab:
        prepare(lab)
        yield lab


def test_the_real_scheduler_agrees(scheduled: Lab) -> None:
    """At least 200 random pods, each tried by the real scheduler, then explained by the plugin."""
    random, refused, bound = rng("why-pending live"), 0, 0
    for _ in range(cases(CLUSTERS)):
        scene = random_cluster(random)
        cluster = LiveCluster(scheduled, scene)
        for _ in range(PODS):
            pod = random_cluster(random).pod
            if (tried := try_pod(scheduled, pod)) is None:
                continue
            if tried["spec"].get("nodeName"):
                bound += 1
            else:
                refused += 1
                _check(scheduled, pod["metadata"]["name"], tried)
            remove_pod(scheduled, pod)
        cluster.remove()
    assert (refused >= 100, bound >= 20, refused + bound >= 200) == (True,) * 3, (refused, bound)


def _check(lab: Lab, name: str, tried: object) -> None:
    flags = SourceFlags(ConnectionFlags(kubeconfig=str(lab.kubeconfig)))
    with open_source(flags) as source:
        [item] = answer(source, Question("default", names=(name,))).items
    assert (item.scheduler.agrees, item.message) == (True, item.scheduler.message), tried
