"""A key under Pod Security's prefix that nobody reads: the server ignores it without a word."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding
from kubectl_psa_audit.labels import KEYS, PREFIX
from kubectl_psa_audit.lint.linted import Linted, Rule, finding


def find(linted: Linted) -> Iterator[Finding]:
    """An error for each, with the key that was meant where one is near."""
    for key in sorted(linted.labels):
        if key.startswith(PREFIX) and key not in KEYS:
            meant = _meant(key)
            hint = f" (did you mean {meant}?)" if meant else ""
            move = [f"{meant}={linted.labels[key]}"] if meant and meant not in linted.labels else []
            told = f"the server does not know this key, and ignores it{hint}"
            yield finding(RULE.id, "error", linted, key, told, [*move, f"{key}-"])


def _meant(key: str) -> str:
    from difflib import get_close_matches

    known = [each.removeprefix(PREFIX) for each in sorted(KEYS)]
    near = get_close_matches(key.removeprefix(PREFIX).lower(), known, 1, 0.75)
    return PREFIX + near[0] if near else ""


RULE = Rule("unknown-label", find)
