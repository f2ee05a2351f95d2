"""The verdict is kube-scheduler's own, on random clusters."""

from tests.kubectl_why_pending.clusters.random_cluster import random_cluster
from tests.kubectl_why_pending.judging import differences, judge
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

CLUSTERS = 600


def test_upstream_agrees(oracle: Oracle) -> None:
    """The sentence, the nodes that fit, each node's first refusal, and preemption's candidates."""
    random = rng("why-pending")
    questions = [random_cluster(random).question for _ in range(cases(CLUSTERS))]
    for question, answer in zip(questions, oracle.ask("schedule", questions), strict=True):
        assert "error" not in answer, answer
        assert differences(judge(question), answer) == [], question
