"""Tokens that controllers make for a ServiceAccount."""

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work

TOKEN = "kubernetes.io/service-account-token"


def take_generated_secrets(work: Work, evidence: Evidence) -> None:
    """Before 1.24 a token's Secret, on OpenShift the registry's."""
    name = work.find(("metadata", "name"))
    for field in ("secrets", "imagePullSecrets"):
        for path, reference in list(work.mappings((field,))):
            if str(reference.get("name")).startswith((f"{name}-token-", f"{name}-dockercfg-")):
                work.drop(path, "a Secret that a controller made for this account")
        work.drop_emptied((field,))


def take_token(work: Work, evidence: Evidence) -> None:
    """The token controller fills a Secret that asks for a token."""
    if work.find(("type",)) != TOKEN:
        return
    for key in ("token", "ca.crt", "namespace"):
        work.drop(("data", key), "filled in by the token controller", even_written=True)
    work.drop_emptied(("data",))
    for name in ("last-used", "invalid-since"):
        label = f"kubernetes.io/legacy-token-{name}"
        work.drop(
            ("metadata", "labels", label), "written by the token controller", even_written=True
        )
