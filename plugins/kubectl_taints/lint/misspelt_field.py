"""A field that the API does not know, on the way to tolerations and taints."""

import json
from collections.abc import Iterator

from msgspec import Struct

from kubectl_fieldkit.findings import Finding, Fix
from kubectl_fieldkit.manifests import Manifest
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.targets import WITH_PODS
from kubectl_fieldkit.workloads import pod_spec_path
from kubectl_fieldkit.yaml_document import Mapping
from kubectl_taints.lint.fields import fields_of
from kubectl_taints.lint.linted import Linted, Rule
from kubectl_taints.lint.written import subject_of_manifest
from kubectl_taints.pasting import yaml_field

KNOWN_KINDS = (*WITH_PODS, NODES)
FATE = "kubectl refuses it, and without strict validation the API drops it"


class Unknown(Struct, frozen=True):
    """An unknown field with its value: where it is, on which line, and in a thing of which type."""

    path: str
    name: str
    value: object
    line: int
    kind: str


def find(linted: Linted) -> Iterator[Finding]:
    """An error for each: what the server's strict field validation would say."""
    for manifest in linted.manifests:
        if any(manifest.is_a(resource) for resource in KNOWN_KINDS):
            for unknown in unknown_fields(manifest.tree, manifest.kind):
                yield _finding(manifest, unknown)


def unknown_fields(tree: Mapping, kind: str, path: str = "") -> Iterator[Unknown]:
    """The unknown fields of a thing of this type and of all that `fields` knows below it."""
    known = fields_of(kind)
    for name, value in tree.items():
        if name not in known:
            yield Unknown(path + name, name, value, tree.lines[name], kind)
        elif known[name]:
            yield from _below(value, known[name], path + name)


def _below(value: object, kind: str, path: str) -> Iterator[Unknown]:
    if isinstance(value, Mapping):
        yield from unknown_fields(value, kind, f"{path}.")
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _below(item, kind, f"{path}[{i}]")


def _finding(manifest: Manifest, unknown: Unknown) -> Finding:
    meant = _meant(unknown)
    return Finding(
        rule=RULE.id,
        severity="error",
        subject=subject_of_manifest(manifest),
        message=f'unknown field "{unknown.path}"{_hint(manifest, unknown, meant)}: {FATE}',
        evidence=[manifest.at(unknown.line)],
        fix=Fix(patch=_spelled(meant, unknown.value)) if meant else None,
    )


def _hint(manifest: Manifest, unknown: Unknown, meant: str) -> str:
    if meant:
        return f' (did you mean "{meant}"?)'
    if unknown.name in fields_of("PodSpec"):
        return f" (it belongs in {'.'.join(pod_spec_path(manifest.kind))})"
    return ""


def _meant(unknown: Unknown) -> str:
    """The known field that is nearest, whatever the case of its letters."""
    from difflib import get_close_matches

    known = {name.lower(): name for name in fields_of(unknown.kind)}
    near = get_close_matches(unknown.name.lower(), known, 1, 0.8)
    return known[near[0]] if near else ""


def _spelled(name: str, value: object) -> str:
    """The line as it should be; of a longer value only its key."""
    if isinstance(value, str):
        return yaml_field(name, value)
    return f"{name}:" if isinstance(value, dict | list) else f"{name}: {json.dumps(value)}"


RULE = Rule("misspelt-field", frozenset(), find)
