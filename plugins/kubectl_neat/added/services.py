"""What a Service is allocated: pkg/registry/core/service/storage.

Where managedFields are there, they tell what was asked for and what was allocated; these rules are for
objects without.
"""

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work

ALLOCATED = "allocated by the server"


def take_addresses(work: Work, evidence: Evidence) -> None:
    """The cluster's addresses; `clusterIP: None` is the user's."""
    if evidence.managed is not None:
        return
    if work.find(("spec", "clusterIP")) != "None":
        work.drop(("spec", "clusterIP"), ALLOCATED)
    work.drop(("spec", "clusterIPs"), ALLOCATED)


def take_families(work: Work, evidence: Evidence) -> None:
    """The families that a cluster gives first; IPv6 alone, or first, may have been asked for."""
    if evidence.managed is not None:
        return
    policy, families = work.find(("spec", "ipFamilyPolicy")), work.find(("spec", "ipFamilies"))
    is_headless = work.find(("spec", "clusterIP")) == "None" and not work.find(("spec", "selector"))
    usual = "RequireDualStack" if is_headless and families != ["IPv4"] else "SingleStack"
    if families in (["IPv4"], ["IPv4", "IPv6"]):
        work.drop(("spec", "ipFamilies"), ALLOCATED)
        if policy == usual:
            work.drop(("spec", "ipFamilyPolicy"), ALLOCATED)


def take_node_ports(work: Work, evidence: Evidence) -> None:
    """The nodes' ports."""
    if evidence.managed is not None:
        return
    for path, _ in list(work.mappings(("spec", "ports"))):
        work.drop((*path, "nodePort"), ALLOCATED)
    work.drop(("spec", "healthCheckNodePort"), ALLOCATED)
