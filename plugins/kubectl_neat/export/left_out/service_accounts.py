"""What the root-CA publisher, the service-account and the token controller make."""

from kubectl_neat.export.left_out.rule import Candidate, Rule, Surroundings, items

WRITTEN = {"labels", "annotations", "finalizers"}
FIELDS = {"apiVersion", "kind", "metadata", "secrets"}


def _root_ca(candidate: Candidate, _: Surroundings) -> str:
    if candidate.is_a("", "ConfigMap") and candidate.name == "kube-root-ca.crt":
        return "every namespace gets its cluster's own"
    return ""


def _default_account(candidate: Candidate, _: Surroundings) -> str:
    """`secrets` are tokens that the controller added (up to 1.23), unless they are named otherwise."""
    if not candidate.is_a("", "ServiceAccount") or candidate.name != "default":
        return ""
    names = [str(secret.get("name", "")) for secret in items(candidate.tree, "secrets")]
    own = all(name.startswith("default-token-") for name in names)
    if own and candidate.tree.keys() <= FIELDS and not any(map(candidate.meta.get, WRITTEN)):
        return "every namespace gets one, and nobody has changed this one"
    return ""


def _token(candidate: Candidate, _: Surroundings) -> str:
    kind = "kubernetes.io/service-account-token"
    if candidate.is_a("", "Secret") and candidate.tree.get("type") == kind:
        return "a token that only this cluster takes"
    return ""


ROOT_CA = Rule("root-ca-publisher", _root_ca)
DEFAULT_ACCOUNT = Rule("default-service-account", _default_account)
TOKEN = Rule("service-account-token", _token)
