"""Pod and containers must not set securityContext.windowsOptions.hostProcess to true.

Restricted Fields:
    spec.securityContext.windowsOptions.hostProcess
    spec.containers[*].securityContext.windowsOptions.hostProcess
    spec.initContainers[*].securityContext.windowsOptions.hostProcess
Allowed Values: undefined / false

Mirrors policy/check_windowsHostProcess.go.
"""

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = "hostProcess"


def windows_host_process_1_0(pod: PodView) -> Forbidden | None:
    """Refuses HostProcess pods, whatever system they say they are for."""
    bad = [setter for setter in pod.setters if setter.context.windows_options.host_process]
    if not bad:
        return None
    return Forbidden(
        REASON,
        f"{wording.setters(bad)} must not set securityContext.windowsOptions.hostProcess=true",
        tuple(
            Field(setter.container, f"{setter.path}.windowsOptions.hostProcess", True, "false")
            for setter in bad
        ),
    )


CHECK = Check("windowsHostProcess", Level.BASELINE, (Revision(0, windows_host_process_1_0),))
