"""What belongs to another object, or is on its way out."""

from kubectl_neat.export.left_out.rule import Candidate, Rule, Surroundings, items


def _owned(candidate: Candidate, _: Surroundings) -> str:
    owner = owner_of(candidate)
    return f"owned by {owner}: it comes and goes with it" if owner else ""


def _terminating(candidate: Candidate, _: Surroundings) -> str:
    return "it is being deleted" if candidate.meta.get("deletionTimestamp") else ""


def owner_of(candidate: Candidate) -> str:
    """The controller that owns it, else its first owner: `ReplicaSet/web-5d8`; empty where there is none."""
    owners = items(candidate.meta, "ownerReferences")
    owners.sort(key=lambda owner: owner.get("controller") is not True)
    return f"{owners[0].get('kind', '')}/{owners[0].get('name', '')}" if owners else ""


OWNED = Rule("owned", _owned)
TERMINATING = Rule("terminating", _terminating)
