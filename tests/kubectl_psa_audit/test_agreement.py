"""Every reason and every detail is upstream's, on random objects, at every level and version."""

from collections.abc import Iterator
from random import Random

from kubectl_psa_audit.checks import CHECKS
from kubectl_psa_audit.checks.view import PodView, view
from kubectl_psa_audit.evaluate import NEWEST, checks_at
from kubectl_psa_audit.levels import LATEST, Level, LevelVersion, Version
from tests.kubectl_psa_audit.asking import answer, decoded, question
from tests.kubectl_psa_audit.random_pods import random_object
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

OBJECTS = 1_500
BASELINE = [LevelVersion(Level.BASELINE, Version(minor)) for minor in range(NEWEST.minor + 2)]
RESTRICTED = [LevelVersion(Level.RESTRICTED, each.version) for each in BASELINE]
LATEST_OF_EACH = [LevelVersion(level, LATEST) for level in Level]
BOUNDARIES = {revision.since for check in CHECKS for revision in check.revisions if revision.since}
AT_BOUNDARIES = [
    at for at in BASELINE + RESTRICTED if {at.version.minor, at.version.minor + 1} & BOUNDARIES
]

OUTCOMES = ("passes", "fails")

Case = tuple[str, int, str]  # a check, the version that brought the revision, what was seen of it


def test_upstream_agrees(oracle: Oracle) -> None:
    """1,500 random objects of all kinds, each at some levels and versions; together, at all of them.

    No rule without a case: every revision of every check was seen to pass and to fail, and at its
    first version and at the last before it, was seen to judge otherwise than the revision it
    replaces.
    """
    random, seen, asked = rng("psa"), set[Case](), set[str]()
    things = [(random_object(random), _some(random)) for _ in range(cases(OBJECTS))]
    answers = oracle.ask("psa", (question(at, thing) for thing, ats in things for at in ats))
    for thing, ats in things:
        metadata, spec = decoded(thing)
        pod = view(metadata.annotations, spec)
        for at in ats:
            assert answer(at, metadata, spec) == next(answers), (str(at), thing)
            asked.add(str(at))
            seen |= set(_cases(pod, at))
    assert asked == {str(at) for at in BASELINE + RESTRICTED + LATEST_OF_EACH}
    assert _wanted() - seen == set()


def _some(random: Random) -> list[LevelVersion]:
    return [
        *random.sample(BASELINE + RESTRICTED, 4),
        *random.sample(AT_BOUNDARIES, 10),
        random.choice(LATEST_OF_EACH),
    ]


def _wanted() -> set[Case]:
    every = [(check, revision) for check in CHECKS for revision in check.revisions]
    outcomes = {(check.id, revision.since, was) for check, revision in every for was in OUTCOMES}
    news = {
        (check.id, revision.since, when)
        for check, revision in every
        if revision is not check.revisions[0]
        for when in ("news at its first version", "news to the last version before it")
    }
    return outcomes | news


def _cases(pod: PodView, at: LevelVersion) -> Iterator[Case]:
    minor = min(at.version, NEWEST).minor
    for check, find in checks_at(at.level, at.version):
        outcome = "fails" if find(pod) else "passes"
        current = check.at(minor)
        assert current
        yield check.id, current.since, outcome
        for former, later in zip(check.revisions, check.revisions[1:], strict=False):
            if (former.find(pod) is None) != (later.find(pod) is None):
                if minor == later.since:
                    yield check.id, later.since, "news at its first version"
                if minor == later.since - 1:
                    yield check.id, later.since, "news to the last version before it"
