"""Findings as SARIF 2.1.0, each at the line of its field where there is a manifest."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kubectl_fieldkit import __version__
from kubectl_fieldkit.manifests import STDIN, Manifest
from kubectl_psa_audit.checks import CHECKS
from kubectl_psa_audit.judging import Finding, Item
from kubectl_psa_audit.lines import line_of
from kubectl_psa_audit.subjects import Subject

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
STANDARDS = "https://kubernetes.io/docs/concepts/security/pod-security-standards/"


def sarif(items: Iterable[Item], subjects: Sequence[Subject]) -> dict[str, Any]:
    """One run; `subjects` are those that the items are about, in the same order."""
    driver = {
        "name": "kubectl-psa-audit",
        "version": __version__,
        "informationUri": STANDARDS,
        "rules": [_rule(check.id, check.level) for check in CHECKS],
    }
    results = [
        result
        for item, subject in zip(items, subjects, strict=True)
        for result in _results(item, subject)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(check: str, level: str) -> dict[str, Any]:
    return {
        "id": check,
        "shortDescription": {"text": f"Pod Security {level}: {check}"},
        "helpUri": f"{STANDARDS}#{level}",
    }


def _results(item: Item, subject: Subject) -> Iterator[dict[str, Any]]:
    findings = (*item.findings, *(finding for apart in item.pods for finding in apart.findings))
    for finding in findings:
        what = f'{item.kind}/{item.name} violates PodSecurity "{item.level}:{item.version}"'
        yield {
            "ruleId": finding.check,
            "level": "error",
            "message": {"text": f"{what}: {finding.reason} ({finding.detail})"},
            "locations": [_location(item, place) for place in _places(finding, subject.manifest)],
        }


def _places(finding: Finding, manifest: Manifest | None) -> Sequence[tuple[str, int] | None]:
    if not manifest:
        return [None]
    uri = "STDIN" if manifest.file == STDIN else manifest.file
    lines = dict.fromkeys(line_of(manifest, field.path) for field in finding.fields)
    return [(uri, line) for line in lines]


def _location(item: Item, place: tuple[str, int] | None) -> dict[str, Any]:
    name = "/".join(filter(None, (item.namespace, item.kind, item.name)))
    location: dict[str, Any] = {
        "logicalLocations": [{"fullyQualifiedName": name, "kind": "resource"}]
    }
    if place:
        uri, line = place
        location["physicalLocation"] = {
            "artifactLocation": {"uri": uri},
            "region": {"startLine": line},
        }
    return location
