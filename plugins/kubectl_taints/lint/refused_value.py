"""An operator or an effect that the API does not know, such as `exists`: it refuses the manifest."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kubectl_fieldkit.findings import Finding, Fix
from kubectl_fieldkit.manifests import Manifest
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.targets import WITH_PODS
from kubectl_fieldkit.workloads import pod_spec_path
from kubectl_fieldkit.yaml_document import Mapping
from kubectl_taints.lint.linted import Linted, Rule
from kubectl_taints.lint.written import subject_of_manifest
from kubectl_taints.specs import EFFECTS

OPERATORS = ("Exists", "Equal", "Lt", "Gt")  # the last two behind a gate of the server


class Refused(Struct, frozen=True):
    """A value that is none of the field's: where it is, and on which line."""

    path: str
    field: str
    value: str
    line: int
    known: Sequence[str]


def find(linted: Linted) -> Iterator[Finding]:
    """An error for each, as ValidateTolerations and validateNodeTaints of pkg/apis/core/validation say."""
    for manifest in linted.manifests:
        for refused in _refused(manifest):
            yield _finding(manifest, refused)


def _refused(manifest: Manifest) -> Iterator[Refused]:
    if manifest.is_a(NODES):
        yield from _in_list(manifest, ("spec", "taints"), {"effect": EFFECTS})
    elif any(manifest.is_a(resource) for resource in WITH_PODS):
        path = (*pod_spec_path(manifest.kind), "tolerations")
        yield from _in_list(manifest, path, {"operator": OPERATORS, "effect": EFFECTS})


def _in_list(
    manifest: Manifest, path: tuple[str, ...], fields: dict[str, tuple[str, ...]]
) -> Iterator[Refused]:
    """Silent on an empty value, which most fields may have."""
    items = manifest.find(*path)
    for i, item in enumerate(items if isinstance(items, list) else ()):
        for field, known in fields.items() if isinstance(item, Mapping) else ():
            value = item.get(field)
            if isinstance(value, str) and value and value not in known:
                where = f"{'.'.join(path)}[{i}].{field}"
                yield Refused(where, field, value, item.lines[field], known)


def _finding(manifest: Manifest, refused: Refused) -> Finding:
    from difflib import get_close_matches

    names = {name.lower(): name for name in refused.known}
    near = get_close_matches(refused.value.lower(), names, 1)
    return Finding(
        rule=RULE.id,
        severity="error",
        subject=subject_of_manifest(manifest),
        message=f'{refused.path}: the API refuses "{refused.value}": one of {", ".join(refused.known)}',
        evidence=[manifest.at(refused.line)],
        fix=Fix(patch=f"{refused.field}: {names[near[0]]}") if near else None,
    )


RULE = Rule("refused-value", frozenset(), find)
