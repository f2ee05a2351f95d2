"""Where helm keeps its releases."""

from kubectl_neat.export.left_out.rule import Candidate, Rule, Surroundings


def _release(candidate: Candidate, _: Surroundings) -> str:
    """A Secret of helm's type, or, with helm's other driver, a ConfigMap of helm's labels."""
    secret = candidate.is_a("", "Secret") and candidate.tree.get("type") == "helm.sh/release.v1"
    config = candidate.is_a("", "ConfigMap") and candidate.labels.get("owner") == "helm"
    if secret or (config and candidate.name.startswith("sh.helm.release.v1.")):
        return "helm's record of a release: helm makes it with the release"
    return ""


RELEASE = Rule("helm-release", _release)
