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
    """The policy that a cluster gives, and the families that it gives first: IPv6 may have been asked for."""
    policy, families = work.find(("spec", "ipFamilyPolicy")), work.find(("spec", "ipFamilies"))
    is_headless = work.find(("spec", "clusterIP")) == "None" and not work.find(("spec", "selector"))
    if families in (["IPv4"], ["IPv4", "IPv6"]) and evidence.managed is None:
        work.drop(("spec", "ipFamilies"), ALLOCATED)
    if policy == ("RequireDualStack" if is_headless else "SingleStack"):
        work.drop(("spec", "ipFamilyPolicy"), "the policy that the server gives")


def take_node_ports(work: Work, evidence: Evidence) -> None:
    """The nodes' ports."""
    if evidence.managed is not None:
        return
    for path, _ in list(work.mappings(("spec", "ports"))):
        work.drop((*path, "nodePort"), ALLOCATED)
    work.drop(("spec", "healthCheckNodePort"), ALLOCATED)
