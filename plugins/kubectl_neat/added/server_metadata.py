"""Metadata that the server keeps, and status."""

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work

OF_SERVER = (
    "managedFields",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "selfLink",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
)


def take_metadata(work: Work, evidence: Evidence) -> None:
    """Of the object itself, and the name's pattern where there is a name."""
    for field in OF_SERVER:
        work.drop(("metadata", field), "the server's own record", even_written=True)
    if work.find(("metadata", "name")):
        work.drop(("metadata", "generateName"), "the name has been made of it", even_written=True)


def take_owners(work: Work, evidence: Evidence) -> None:
    """An owner of another cluster, or of another day, would get the object garbage-collected."""
    names = [
        f"{o.get('kind')} {o.get('name')}"
        for _, o in work.mappings(("metadata", "ownerReferences"))
    ]
    reason = f"owned by {', '.join(names)}: whoever makes that makes this"
    work.drop(("metadata", "ownerReferences"), reason, even_written=True)


def take_status(work: Work, evidence: Evidence) -> None:
    """What controllers and kubelets report."""
    work.drop(("status",), "what the cluster reports", even_written=True)
