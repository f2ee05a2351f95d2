"""A ClusterRole that is the sum of others."""

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work


def take_aggregated_rules(work: Work, evidence: Evidence) -> None:
    """With an aggregationRule the controller overwrites the rules."""
    if work.find(("aggregationRule",)) is not None:
        work.drop(("rules",), "filled in by the aggregation controller", even_written=True)
