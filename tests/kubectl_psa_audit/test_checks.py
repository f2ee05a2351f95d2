"""The table of checks is one that upstream's NewEvaluator would take (registry.go, validateChecks)."""

import pytest

from kubectl_psa_audit.checks import CHECKS
from kubectl_psa_audit.checks.check import Check
from kubectl_psa_audit.evaluate import NEWEST, checks_at
from kubectl_psa_audit.levels import LATEST, Level, Version


def test_ids_are_unique() -> None:
    """No id twice; as many checks and revisions as v1.37 has."""
    assert len({check.id for check in CHECKS}) == len(CHECKS) == 19
    assert sum(len(check.revisions) for check in CHECKS) == 31


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_is_valid(check: Check) -> None:
    """A level that forbids something, revisions in order, and only restricted checks override baseline's."""
    baseline = {each.id for each in CHECKS if each.level is Level.BASELINE}
    since = [revision.since for revision in check.revisions]
    assert check.level in (Level.BASELINE, Level.RESTRICTED)
    assert since
    assert since == sorted(set(since))
    overridden = {id_ for revision in check.revisions for id_ in revision.overrides}
    assert overridden <= (baseline if check.level is Level.RESTRICTED else set())


def test_they_stand_in_upstreams_order() -> None:
    """Baseline before restricted, each sorted by id, capital letters first."""
    assert [check.id for check in CHECKS] == [
        "appArmorProfile",
        "capabilities_baseline",
        "hostNamespaces",
        "hostPathVolumes",
        "hostPorts",
        "hostProbesAndHostLifecycle",
        "privileged",
        "procMount",
        "seLinuxOptions",
        "seccompProfile_baseline",
        "sysctls",
        "windowsHostProcess",
        "allowPrivilegeEscalation",
        "capabilities_restricted",
        "procMount_restricted",
        "restrictedVolumes",
        "runAsNonRoot",
        "runAsUser",
        "seccompProfile_restricted",
    ]


def test_policies_change_only_where_a_revision_begins() -> None:
    """Nine different baselines and thirteen different restricted levels, up to the newest."""
    changes = {
        level: [
            minor
            for minor in range(NEWEST.minor + 1)
            if minor == 0
            or checks_at(level, Version(minor)) != checks_at(level, Version(minor - 1))
        ]
        for level in Level
    }
    assert changes == {
        Level.PRIVILEGED: [0],
        Level.BASELINE: [0, 19, 27, 29, 31, 32, 34, 35, 37],
        Level.RESTRICTED: [0, 8, 19, 22, 23, 25, 27, 29, 31, 32, 34, 35, 37],
    }


@pytest.mark.parametrize("version", [Version(38), Version(1_000), LATEST], ids=str)
def test_newer_versions_count_as_the_newest(version: Version) -> None:
    """A pin beyond the rules known here is the newest of them."""
    assert checks_at(Level.RESTRICTED, version) == checks_at(Level.RESTRICTED, NEWEST)
