"""What the volume binder writes into claims and volumes, and the server into a StatefulSet's templates of claims."""

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work

BOUND_BY_CONTROLLER = ("metadata", "annotations", "pv.kubernetes.io/bound-by-controller")


def take_claim(work: Work, evidence: Evidence) -> None:
    """A claim that the binder chose; of one that the user reserved the volume for, what binding added."""
    if work.find(BOUND_BY_CONTROLLER):
        work.drop(("spec", "claimRef"), "bound by the volume binder")
    is_bound = work.find(("spec", "claimRef", "uid")) is not None
    for field in ("uid", "resourceVersion", "apiVersion", "kind") if is_bound else ():
        work.drop(
            ("spec", "claimRef", field), "of the claim that was bound", even_written=field == "uid"
        )


def take_volume(work: Work, evidence: Evidence) -> None:
    """A volume that the binder chose."""
    if work.find(BOUND_BY_CONTROLLER):
        work.drop(("spec", "volumeName"), "bound by the volume binder")


def take_data_source(work: Work, evidence: Evidence) -> None:
    """The server keeps dataSource and dataSourceRef alike (NormalizeDataSources)."""
    source, reference = work.find(("spec", "dataSource")), work.find(("spec", "dataSourceRef"))
    if source is not None and source == reference:
        managed = evidence.managed or frozenset()
        fields = sorted(
            ("dataSourceRef", "dataSource"), key=lambda field: ("spec", field) in managed
        )
        for field in fields:  # the mirrored one is managed by nobody
            if work.drop(("spec", field), "the same again, mirrored by the server"):
                return


def take_kinds_of_templates(work: Work, evidence: Evidence) -> None:
    """A StatefulSet's claims are shown with their kind."""
    for path, _ in list(work.mappings(("spec", "volumeClaimTemplates"))):
        for field in ("apiVersion", "kind"):
            work.drop((*path, field), "filled in by the server")
        work.drop((*path, "status"), "what the cluster reports", even_written=True)
