"""matchLabelKeys of a pod: the server writes the pod's own values into the selectors beside them.

pkg/registry/core/pod/strategy.go, applyMatchLabelKeysAndMismatchLabelKeys and mutateTopologySpreadConstraints.
"""

from collections.abc import Iterator

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work
from kubectl_neat.removal import Path

REASON = "the pod's own label, filled in for matchLabelKeys"


def take_match_label_keys(work: Work, evidence: Evidence) -> None:
    """Takes those requirements out of the selectors again."""
    for path in list(_terms(work)):
        for field, operator in (("matchLabelKeys", "In"), ("mismatchLabelKeys", "NotIn")):
            for _, key in list(work.items((*path, field))):
                _take_requirement(work, (*path, "labelSelector", "matchExpressions"), key, operator)
        work.drop_emptied((*path, "labelSelector", "matchExpressions"))


def _take_requirement(work: Work, path: Path, key: object, operator: str) -> None:
    value = work.mapping(("metadata", "labels")).get(str(key))
    filled_in = {"key": key, "operator": operator, "values": [value]}
    for at, requirement in reversed(list(work.items(path))):
        if requirement == filled_in:
            work.drop(at, REASON)
            return


def _terms(work: Work) -> Iterator[Path]:
    yield from (path for path, _ in work.mappings(("spec", "topologySpreadConstraints")))
    for kind in ("podAffinity", "podAntiAffinity"):
        root = ("spec", "affinity", kind)
        required = "requiredDuringSchedulingIgnoredDuringExecution"
        preferred = "preferredDuringSchedulingIgnoredDuringExecution"
        yield from (path for path, _ in work.mappings((*root, required)))
        yield from ((*path, "podAffinityTerm") for path, _ in work.mappings((*root, preferred)))
