"""Tokens that controllers make for a ServiceAccount."""

import re

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work

TOKEN = "kubernetes.io/service-account-token"
# The letters of k8s.io/apimachinery/pkg/util/rand: people name their Secrets in other words.
_GENERATED = re.compile(r"-(token|dockercfg)-[bcdfghjklmnpqrstvwxz2456789]{5}")


def take_generated_secrets(work: Work, evidence: Evidence) -> None:
    """Before 1.24 a token's Secret, on OpenShift the registry's."""
    account = str(work.find(("metadata", "name")))
    for field in ("secrets", "imagePullSecrets"):
        for path, reference in list(work.mappings((field,))):
            name = str(reference.get("name"))
            if name.startswith(account) and _GENERATED.fullmatch(name, len(account)):
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
