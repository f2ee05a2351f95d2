"""SetDefaults_Namespace, and the finalizer of pkg/registry/core/namespace/strategy.go."""

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work

NAME = "kubernetes.io/metadata.name"


def take_name_label(work: Work, evidence: Evidence) -> None:
    """The label that says the name again."""
    if work.find(("metadata", "labels", NAME)) == work.find(("metadata", "name")):
        work.drop(("metadata", "labels", NAME), "the name again, set by the server")


def take_finalizer(work: Work, evidence: Evidence) -> None:
    """The server's own finalizer; those of others stay."""
    for path, name in list(work.items(("spec", "finalizers"))):
        if name == "kubernetes":
            work.drop(path, "set by the server on every Namespace")
    work.drop_emptied(("spec", "finalizers"))
