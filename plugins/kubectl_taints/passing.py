"""Taints that come and go with the state of a node, and say nothing of what it is for."""

from kubectl_fieldkit.objects.node import Taint
from kubectl_taints.setters import find_well_known

# The well-known keys that stay: set on purpose, for as long as the node has its role.
LASTING = (
    "node-role.kubernetes.io/control-plane",
    "node-role.kubernetes.io/master",
    "nvidia.com/gpu",
    "CriticalAddonsOnly",
)


def is_passing(taint: Taint) -> bool:
    """Whether a program gives the taint and takes it away again."""
    return taint.key not in LASTING and find_well_known(taint.key) is not None
