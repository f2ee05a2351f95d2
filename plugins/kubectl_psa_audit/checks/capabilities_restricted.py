"""Containers must drop ALL, and may only add NET_BIND_SERVICE.

Restricted Fields:
    spec.containers[*].securityContext.capabilities.drop
    spec.initContainers[*].securityContext.capabilities.drop
Allowed Values:
    Must include "ALL"

Restricted Fields:
    spec.containers[*].securityContext.capabilities.add
    spec.initContainers[*].securityContext.capabilities.add
Allowed Values:
    undefined / empty
    "NET_BIND_SERVICE"

Mirrors policy/check_capabilities_restricted.go.
"""

from kubectl_psa_audit.checks import capabilities_baseline as baseline
from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import Place, PodView
from kubectl_psa_audit.levels import Level

REASON = "unrestricted capabilities"
ALLOWED = frozenset({"NET_BIND_SERVICE"})


def capabilities_restricted_1_22(pod: PodView) -> Forbidden | None:
    """Refuses containers that keep capabilities, and those that add others."""
    keeping = [place for place in pod.places if "ALL" not in place.context.capabilities.drop]
    adding = baseline.adding(pod, ALLOWED)
    if not keeping and not adding:
        return None
    added = baseline.added(adding, ALLOWED)
    details = []
    if keeping:
        details.append(
            f'{wording.containers(keeping)} must set securityContext.capabilities.drop=["ALL"]'
        )
    if adding:
        details.append(baseline.must_not_include(adding, added))
    return Forbidden(REASON, "; ".join(details), (*map(_kept, keeping), *added))


def _kept(place: Place) -> Field:
    dropped = place.context.capabilities.drop or None
    path = f"{place.path}.securityContext.capabilities.drop"
    return Field(place.name, path, dropped, '["ALL"]')


def capabilities_restricted_1_25(pod: PodView) -> Forbidden | None:
    """Admits Windows pods, which cannot have capabilities."""
    return None if pod.is_windows else capabilities_restricted_1_22(pod)


CHECK = Check(
    "capabilities_restricted",
    Level.RESTRICTED,
    (
        Revision(22, capabilities_restricted_1_22, overrides=(baseline.CHECK.id,)),
        Revision(25, capabilities_restricted_1_25, overrides=(baseline.CHECK.id,)),
    ),
)
