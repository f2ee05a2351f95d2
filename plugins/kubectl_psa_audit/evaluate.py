"""Which checks refuse a pod, at a level and version.

Mirrors k8s.io/pod-security-admission/policy/registry.go.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from msgspec import Struct

from kubectl_psa_audit.checks import CHECKS
from kubectl_psa_audit.checks.check import Check, Field, Find
from kubectl_psa_audit.checks.view import view
from kubectl_psa_audit.levels import Level, LevelVersion, Version
from kubectl_psa_audit.pod import PodMeta, PodSpec, TemplateMeta

NEWEST = Version(max(revision.since for check in CHECKS for revision in check.revisions))


class Violation(Struct, frozen=True, gc=False):
    """One check that refuses the pod, in upstream's words, with the fields that it refuses."""

    check: str
    level: Level
    reason: str
    detail: str
    fields: tuple[Field, ...]


def evaluate(
    metadata: PodMeta | TemplateMeta, spec: PodSpec, level_version: LevelVersion
) -> tuple[Violation, ...]:
    """Every violation, in upstream's order; none where the level admits the pod.

    A version newer than the newest rules known here counts as that one. For the rules of an older
    server, give the older of the two versions.
    """
    return _evaluate(tuple(metadata.annotations.items()), spec, level_version)


@lru_cache(maxsize=4096)  # replicas are equal here, and come one after another
def _evaluate(
    annotations: tuple[tuple[str, str], ...], spec: PodSpec, level_version: LevelVersion
) -> tuple[Violation, ...]:
    pod = view(dict(annotations), spec)
    return tuple(
        Violation(check.id, check.level, found.reason, found.detail, found.fields)
        for check, find in checks_at(level_version.level, level_version.version)
        if (found := find(pod))
    )


@cache
def checks_at(level: Level, version: Version) -> tuple[tuple[Check, Find], ...]:
    """The checks of a level, each as that version has it: baseline by id, then restricted by id."""
    if level is Level.PRIVILEGED:
        return ()
    minor = min(version, NEWEST).minor
    of_level = [check for check in CHECKS if check.level.strictness <= level.strictness]
    in_force = [(check, revision) for check in of_level if (revision := check.at(minor))]
    overridden = {id_ for _, revision in in_force for id_ in revision.overrides}
    kept = [(check, revision.find) for check, revision in in_force if check.id not in overridden]
    return tuple(sorted(kept, key=lambda pair: (pair[0].level.strictness, pair[0].id)))


def sentence(violations: Sequence[Violation]) -> str:
    """Upstream's whole text: `reason (detail), reason (detail)`; an empty detail is left out."""
    return ", ".join(
        f"{each.reason} ({each.detail})" if each.detail else each.reason for each in violations
    )


def highest_level(metadata: PodMeta | TemplateMeta, spec: PodSpec, version: Version) -> Level:
    """The strictest level that admits the pod."""
    for level in (Level.RESTRICTED, Level.BASELINE):
        if not evaluate(metadata, spec, LevelVersion(level, version)):
            return level
    return Level.PRIVILEGED
