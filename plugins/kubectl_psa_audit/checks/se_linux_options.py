"""Setting the SELinux type is restricted, and setting a custom SELinux user or role is forbidden.

Restricted Fields:
    spec.securityContext.seLinuxOptions.type
    spec.containers[*].securityContext.seLinuxOptions.type
    spec.initContainers[*].securityContext.seLinuxOptions.type
Allowed Values:
    undefined/empty
    container_t
    container_init_t
    container_kvm_t
    container_engine_t (1.31+)

Restricted Fields:
    spec.securityContext.seLinuxOptions.{user,role}
    spec.containers[*].securityContext.seLinuxOptions.{user,role}
    spec.initContainers[*].securityContext.seLinuxOptions.{user,role}
Allowed Values: undefined/empty

Mirrors policy/check_seLinuxOptions.go.
"""

from collections.abc import Collection, Iterator

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView, Setter
from kubectl_psa_audit.levels import Level
from kubectl_psa_audit.pod import SELinuxOptions

REASON = "seLinuxOptions"
ALLOWED_1_0 = ("container_t", "container_init_t", "container_kvm_t")
ALLOWED_1_31 = (*ALLOWED_1_0, "container_engine_t")


def se_linux_options_1_0(pod: PodView) -> Forbidden | None:
    """Refuses other types, and any user or role."""
    return _se_linux_options(pod, ALLOWED_1_0)


def se_linux_options_1_31(pod: PodView) -> Forbidden | None:
    """Allows one type more."""
    return _se_linux_options(pod, ALLOWED_1_31)


def _se_linux_options(pod: PodView, allowed: Collection[str]) -> Forbidden | None:
    bad = [setter for setter in pod.setters if _is_bad(setter.context.se_linux_options, allowed)]
    if not bad:
        return None
    options = [setter.context.se_linux_options for setter in bad]
    types = sorted({each.type for each in options if each.type and each.type not in allowed})
    data = [wording.listed("type", types)] if types else []
    data += ["user may not be set"] * any(each.user for each in options)
    data += ["role may not be set"] * any(each.role for each in options)
    return Forbidden(
        REASON,
        f"{wording.setters(bad)} set forbidden securityContext.seLinuxOptions: {'; '.join(data)}",
        tuple(field for setter in bad for field in _fields(setter, allowed)),
    )


def _is_bad(options: SELinuxOptions, allowed: Collection[str]) -> bool:
    return bool(options.user or options.role or (options.type and options.type not in allowed))


def _fields(setter: Setter, allowed: Collection[str]) -> Iterator[Field]:
    options, path = setter.context.se_linux_options, f"{setter.path}.seLinuxOptions"
    if options.type and options.type not in allowed:
        yield Field(setter.container, f"{path}.type", options.type, " or ".join(allowed))
    if options.user:
        yield Field(setter.container, f"{path}.user", options.user, "absent")
    if options.role:
        yield Field(setter.container, f"{path}.role", options.role, "absent")


CHECK = Check(
    "seLinuxOptions",
    Level.BASELINE,
    (Revision(0, se_linux_options_1_0), Revision(31, se_linux_options_1_31)),
)
