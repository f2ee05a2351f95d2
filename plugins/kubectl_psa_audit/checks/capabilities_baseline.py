"""Adding NET_RAW or capabilities beyond the default set must be disallowed.

Restricted Fields:
    spec.containers[*].securityContext.capabilities.add
    spec.initContainers[*].securityContext.capabilities.add
Allowed Values:
    undefined / empty
    values from the default set "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE","FOWNER", "FSETID", "KILL",
    "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"

Mirrors policy/check_capabilities_baseline.go.
"""

from collections.abc import Collection

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import Place, PodView
from kubectl_psa_audit.levels import Level

REASON = "non-default capabilities"
ALLOWED = frozenset(
    {
        "AUDIT_WRITE",
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
        "FSETID",
        "KILL",
        "MKNOD",
        "NET_BIND_SERVICE",
        "SETFCAP",
        "SETGID",
        "SETPCAP",
        "SETUID",
        "SYS_CHROOT",
    }
)


def capabilities_baseline_1_0(pod: PodView) -> Forbidden | None:
    """Refuses what the runtime does not give by itself."""
    bad = adding(pod, ALLOWED)
    if not bad:
        return None
    fields = added(bad, ALLOWED)
    return Forbidden(REASON, must_not_include(bad, fields), fields)


def adding(pod: PodView, allowed: frozenset[str]) -> list[Place]:
    """The containers that add other capabilities."""
    return [place for place in pod.places if not allowed.issuperset(place.context.capabilities.add)]


def added(places: Collection[Place], allowed: frozenset[str]) -> tuple[Field, ...]:
    """Each capability that is not allowed, where it stands."""
    want = " or ".join(sorted(allowed))
    return tuple(
        Field(place.name, f"{place.path}.securityContext.capabilities.add[{at}]", name, want)
        for place in places
        for at, name in enumerate(place.context.capabilities.add)
        if name not in allowed
    )


def must_not_include(bad: list[Place], fields: Collection[Field]) -> str:
    """The sentence about them."""
    names = wording.quoted(sorted({str(field.value) for field in fields}))
    return f"{wording.containers(bad)} must not include {names} in securityContext.capabilities.add"


CHECK = Check("capabilities_baseline", Level.BASELINE, (Revision(0, capabilities_baseline_1_0),))
