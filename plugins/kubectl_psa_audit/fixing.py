"""The smallest patch that a level asks for, applied and judged again: what is left is named."""

import shlex
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import convert, to_builtins
from msgspec.json import encode

from kubectl_fieldkit.envelope import Document
from kubectl_psa_audit.evaluate import Violation
from kubectl_psa_audit.patching import Edit, Tree, add_to_patch, apply_edit, at_path
from kubectl_psa_audit.pod import Pod
from kubectl_psa_audit.remedies import remedy
from kubectl_psa_audit.subjects import Subject
from kubectl_psa_audit.workloads import Template

ROUNDS = (
    20  # a check that names explicit values hides what is implicit: the next round brings it up
)
IMMUTABLE = (
    "its pod cannot be changed where it runs: put the patch into its manifest, and make it anew"
)

ON_THEIR_WAY = "its template is allowed: what changes its pods on their way would have to be mended"

Judge = Callable[[Template | Pod], tuple[Violation, ...]]


class Remaining(Document, frozen=True):
    """A check that still refuses, and why no patch changes that."""

    check: str
    reason: str


class Fix(Document, frozen=True):
    """A strategic merge patch of the whole object, null where none helps; and what it costs.

    `command` is empty where the object cannot be patched in place.
    """

    patch: dict[str, Any] | None
    command: str
    notes: list[str]
    remaining: list[Remaining]


def fix(subject: Subject, judge: Judge) -> Fix:
    """The patch for the subject's own template; `judge` says what is refused at the wanted level."""
    tree = _tree(subject.template)
    original, patch = _tree(subject.template), dict[str, Any]()
    notes: dict[str, None] = {}
    reasons: dict[str, str] = {}
    for _ in range(ROUNDS):
        reasons, edits = _remedies(judge(_again(subject.template, tree)), tree)
        if not edits:
            break
        for edit in edits:
            apply_edit(tree, edit)
            add_to_patch(patch, original, edit)
            notes |= {edit.note: None} if edit.note else {}
    whole = at_path(_steps(subject), patch) if patch else None
    remaining = [Remaining(check=check, reason=reason) for check, reason in reasons.items()]
    is_immutable = subject.kind in ("Pod", "Job") and not subject.origin
    notes |= {IMMUTABLE: None} if whole and is_immutable else {}
    command = _command(subject, whole) if whole and not is_immutable else ""
    return Fix(patch=whole, command=command, notes=list(notes), remaining=remaining)


def beyond_the_template(checks: Iterable[str]) -> Fix:
    """For pods that are refused though their template is not."""
    remaining = [Remaining(check=check, reason=ON_THEIR_WAY) for check in dict.fromkeys(checks)]
    return Fix(patch=None, command="", notes=[], remaining=remaining)


def _remedies(violations: tuple[Violation, ...], tree: Tree) -> tuple[dict[str, str], list[Edit]]:
    """The reasons that no edit helps, by check; and the edits, each place once."""
    reasons: dict[str, str] = {}
    edits: dict[tuple[str | int, ...], Edit] = {}
    for check, found in _each(violations, tree):
        if isinstance(found, str):
            reasons[check] = found
        else:
            edits.setdefault(found.path, found)
    return reasons, list(edits.values())


def _each(violations: tuple[Violation, ...], tree: Tree) -> Iterator[tuple[str, Edit | str]]:
    for violation in violations:
        for field in violation.fields:
            yield violation.check, remedy(violation.check, field, tree)


def _tree(template: Template | Pod) -> Tree:
    annotations = dict(template.metadata.annotations)
    tree: Tree = {"metadata": {"annotations": annotations}, "spec": to_builtins(template.spec)}
    return tree


def _again(template: Template | Pod, tree: Tree) -> Template | Pod:
    return convert(tree, type(template))


def _steps(subject: Subject) -> list[str]:
    return subject.spec_path.split(".")[:-1]


def _command(subject: Subject, patch: Tree) -> str:
    if subject.origin or subject.part != subject.kind:
        return ""
    place = ("-n", subject.namespace) if subject.namespace else ()
    text = encode(patch).decode()
    return shlex.join(("kubectl", "patch", subject.resource_name, *place, "-p", text))
