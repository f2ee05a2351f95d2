"""A level or a version that is none: enforce then counts as restricted, audit and warn are off."""

from collections.abc import Callable, Iterator

from kubectl_fieldkit.findings import Finding
from kubectl_psa_audit.labels import MODES, level_label, version_label
from kubectl_psa_audit.levels import parse_level, parse_version
from kubectl_psa_audit.lint.linted import Linted, Rule, finding
from kubectl_psa_audit.policy import ON_BAD_LEVEL


def find(linted: Linted) -> Iterator[Finding]:
    """An error for each: the server refuses new namespaces with it, and keeps what is there."""
    for mode in MODES:
        yield from _judge(linted, level_label(mode), parse_level, ON_BAD_LEVEL[mode])
        yield from _judge(linted, version_label(mode), parse_version, "latest")


def _judge(
    linted: Linted, key: str, parse: Callable[[str], object], counts_as: str
) -> Iterator[Finding]:
    text = linted.labels.get(key)
    if text is None or not (reason := _refusal(parse, text)):
        return
    near = next((each for each in (text.lower(), f"v{text}") if not _refusal(parse, each)), "")
    change = [f"{key}={near}"] if near else []
    told = f"{reason}: the server takes it as {counts_as}"
    yield finding(RULE.id, "error", linted, key, told, change)


def _refusal(parse: Callable[[str], object], text: str) -> str:
    try:
        parse(text)
    except ValueError as err:
        return str(err)
    return ""


RULE = Rule("invalid-label", find)
