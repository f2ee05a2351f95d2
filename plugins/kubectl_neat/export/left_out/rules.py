"""All rules, in the order they are asked; the first that applies gives the reason."""

from msgspec import Struct

from kubectl_neat.export.left_out import (
    control_plane,
    endpoints,
    garbage_collector,
    helm,
    service_accounts,
    volumes,
)
from kubectl_neat.export.left_out.rule import Candidate, Rule, Surroundings


class Verdict(Struct, frozen=True):
    """The rule that leaves an object out, and its words."""

    rule: str
    reason: str


RULES: tuple[Rule, ...] = (
    garbage_collector.TERMINATING,
    garbage_collector.OWNED,
    control_plane.SINGLES,
    control_plane.NAMESPACE,
    control_plane.BOOTSTRAP,
    control_plane.FLOWS,
    control_plane.API_SERVICE,
    control_plane.TRUST_BUNDLE,
    service_accounts.ROOT_CA,
    service_accounts.DEFAULT_ACCOUNT,
    service_accounts.TOKEN,
    endpoints.SLICE,
    endpoints.ENDPOINTS,
    volumes.CLAIM,
    volumes.VOLUME,
    helm.RELEASE,
)
SECRET = Verdict("secret", "Secrets are exported with --secrets")


def left_out(candidate: Candidate, around: Surroundings, secrets: bool) -> Verdict | None:
    """Why the object is not exported; None where it is."""
    for rule in RULES:
        if reason := rule.reason(candidate, around):
            return Verdict(rule.name, reason)
    return SECRET if candidate.is_a("", "Secret") and not secrets else None
