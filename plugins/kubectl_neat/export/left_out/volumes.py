"""Claims and volumes that are made again with what asks for them."""

from kubectl_neat.export.left_out.rule import Candidate, Rule, Surroundings, mapping

PROVISIONED_BY = "pv.kubernetes.io/provisioned-by"


def _claim(candidate: Candidate, surroundings: Surroundings) -> str:
    """TEMPLATE-STATEFULSET-ORDINAL: such a claim has no owner, so that it outlives its pod."""
    prefix, _, ordinal = candidate.name.rpartition("-")
    if not candidate.is_a("", "PersistentVolumeClaim") or not ordinal.isdecimal():
        return ""
    if (candidate.namespace, prefix) in surroundings.claims:
        return "a StatefulSet makes it from its volumeClaimTemplates"
    return ""


def _volume(candidate: Candidate, _: Surroundings) -> str:
    if not candidate.is_a("", "PersistentVolume") or PROVISIONED_BY not in candidate.annotations:
        return ""
    claim = mapping(mapping(candidate.tree, "spec"), "claimRef")
    whose = f"{claim.get('namespace', '')}/{claim.get('name', '')}"
    return f"provisioned for the claim {whose}, which gets a new one"


CLAIM = Rule("statefulset-claim", _claim)
VOLUME = Rule("provisioned-volume", _volume)
