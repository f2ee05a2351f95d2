"""Who asked for a certificate, and bundles that cert-manager injects."""

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work

INJECTORS = (
    "cert-manager.io/inject-ca-from",
    "cert-manager.io/inject-ca-from-secret",
    "cert-manager.io/inject-apiserver-ca",
)


def take_requester(work: Work, evidence: Evidence) -> None:
    """The server overwrites them with who sent the request."""
    for field in ("username", "uid", "groups", "extra"):
        work.drop(("spec", field), "who sent the request, set by the server", even_written=True)


def take_injected_bundles(work: Work, evidence: Evidence) -> None:
    """Where an annotation asks cert-manager for them."""
    if not any(name in work.mapping(("metadata", "annotations")) for name in INJECTORS):
        return
    webhooks = [(*path, "clientConfig") for path, _ in work.mappings(("webhooks",))]
    for path in (*webhooks, ("spec", "conversion", "webhook", "clientConfig"), ("spec",)):
        work.drop((*path, "caBundle"), "injected by cert-manager")
