"""The default /proc masks should be required by the restricted profile, in every pod.

Restricted Fields:
    spec.containers[*].securityContext.procMount
    spec.initContainers[*].securityContext.procMount
Allowed Values: undefined/null, "Default"

Mirrors policy/check_procMount_restricted.go.
"""

from kubectl_psa_audit.checks import proc_mount as baseline
from kubectl_psa_audit.checks.check import Check, Revision
from kubectl_psa_audit.levels import Level

# Until 1.35 the baseline check is as strict as this one.
CHECK = Check(
    "procMount_restricted",
    Level.RESTRICTED,
    (Revision(35, baseline.proc_mount_1_0, overrides=(baseline.CHECK.id,)),),
)
