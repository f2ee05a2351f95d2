"""What is linted, and what a rule is."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from kubectl_fieldkit.findings import Finding, Fix, Severity, Subject
from kubectl_fieldkit.manifests import Manifest
from kubectl_psa_audit.labels import Mode
from kubectl_psa_audit.levels import LevelVersion, Version


class Linted(Struct, frozen=True):
    """A namespace's labels, what each mode makes of them, and the server's version."""

    name: str
    labels: Mapping[str, str]
    modes: Mapping[Mode, LevelVersion]
    server: Version
    manifest: Manifest | None = None


class Rule(Struct, frozen=True):
    """An id, and what finds it."""

    id: str
    find: Callable[[Linted], Iterable[Finding]]


def finding(
    rule: str,
    severity: Severity,
    linted: Linted,
    key: str,
    message: str,
    change: Sequence[str] = (),
) -> Finding:
    """A finding about a label; `change` is what `kubectl label` is to set or, with a dash, remove."""
    place = [linted.manifest.at(_line(linted.manifest, key))] if linted.manifest else []
    value = f"{key}={linted.labels[key]}" if key in linted.labels else f"{key} is not set"
    return Finding(
        rule=rule,
        severity=severity,
        subject=Subject(kind="Namespace", namespace="", name=linted.name),
        message=message,
        evidence=[*place, value],
        fix=_fix(linted, change) if change else None,
    )


def _line(manifest: Manifest, key: str) -> int:
    from kubectl_psa_audit.lines import line_of

    return line_of(manifest, f"metadata.labels[{key}]")


def _fix(linted: Linted, change: Sequence[str]) -> Fix:
    import shlex

    if not linted.manifest:
        words = ("kubectl", "label", "--overwrite", "namespace", linted.name, *change)
        return Fix(command=shlex.join(words))
    kept = (label.partition("=") for label in change if "=" in label)
    return Fix(patch="".join(f"{key}: {value}\n" for key, _, value in kept))
