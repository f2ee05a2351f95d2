"""A version far behind the server: what the standards learnt since then is not asked for."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding
from kubectl_psa_audit.evaluate import checks_at
from kubectl_psa_audit.labels import MODES, version_label
from kubectl_psa_audit.lint.linted import Linted, Rule, finding

SUPPORTED = 3  # as many minor releases as Kubernetes itself supports at a time


def find(linted: Linted) -> Iterator[Finding]:
    """Warns of one where its level has other checks today, and of one that the server cannot know."""
    for mode in MODES:
        at, key = linted.modes[mode], version_label(mode)
        if key not in linted.labels or str(at.version) == "latest":
            continue
        behind = linted.server.minor - at.version.minor
        if behind < 0:
            told = f"the server does not know {at.version} yet, and takes it as {linted.server}"
            yield finding(RULE.id, "warning", linted, key, told, [f"{key}={linted.server}"])
        elif behind > SUPPORTED and checks_at(at.level, at.version) != checks_at(
            at.level, linted.server
        ):
            told = f"{mode} is {behind} minor versions behind the server, whose {at.level} asks for more or other things"
            yield finding(RULE.id, "warning", linted, key, told, [f"{key}={linted.server}"])


RULE = Rule("old-pin", find)
