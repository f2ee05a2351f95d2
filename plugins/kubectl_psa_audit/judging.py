"""Judges a workload: its template, its pods, at the level that is enforced, warned of and audited."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.envelope import Document
from kubectl_psa_audit.evaluate import Violation, evaluate, highest_level, sentence
from kubectl_psa_audit.fixing import Fix
from kubectl_psa_audit.labels import Mode
from kubectl_psa_audit.levels import Level, LevelVersion, Version
from kubectl_psa_audit.pod import Pod
from kubectl_psa_audit.rejections import Rejection
from kubectl_psa_audit.replicas import Replicas, alike
from kubectl_psa_audit.subjects import Subject
from kubectl_psa_audit.workloads import Template


class FieldFound(Document, frozen=True):
    """One offending field: the value there (null where it is absent), and what is wanted."""

    path: str
    value: Any
    want: str


class Finding(Document, frozen=True):
    """One check that refuses, in upstream's words; `container` names those that it is about."""

    check: str
    level: str
    reason: str
    detail: str
    container: str
    fields: list[FieldFound]


class PodsApart(Document, frozen=True):
    """Pods that are not judged as their template is: something changed them on their way."""

    names: list[str]
    text: str
    findings: list[Finding]


class Told(Document, frozen=True):
    """What a mode that refuses nothing says of the template; `text` is upstream's whole sentence."""

    level: str
    version: str
    reasons: list[str]
    text: str


class Item(Document, frozen=True):
    """A workload or a bare pod, and what Pod Security says of it.

    `text` is upstream's whole sentence at `level` and `version`; `audit` and `warn` are null where
    those modes have nothing to say. `allowed` is about the template and about every pod.
    """

    namespace: str
    kind: str
    name: str
    source: str
    level: str
    version: str
    allowed: bool
    text: str
    findings: list[Finding]
    highest: str
    fix: Fix | None
    exempt: str
    audit: Told | None
    warn: Told | None
    pods: list[PodsApart]
    rejections: list[Rejection]

    @property
    def has_findings(self) -> bool:
        """Whether the template or a pod is refused for a reason that no baseline knows."""
        return bool(self.findings or self.pods)


class Terms(Struct, frozen=True):
    """How a namespace's workloads are judged: each mode, the server's version, exempt classes."""

    modes: dict[Mode, LevelVersion]
    server: Version
    exempt_classes: frozenset[str] = frozenset()
    exempt: str = ""

    def exemption(self, thing: Template | Pod) -> str:
        """Why nobody looks at this pod; empty where somebody does."""
        name = thing.spec.runtime_class_name
        return f'runtime class "{name}" is exempt' if name in self.exempt_classes else self.exempt

    def evaluate(self, thing: Template | Pod, at: LevelVersion) -> tuple[Violation, ...]:
        """What refuses it, as this server would say."""
        if self.exemption(thing):
            return ()
        older = LevelVersion(at.level, min(at.version, self.server))
        return evaluate(thing.metadata, thing.spec, older)

    def highest(self, things: Iterable[Template | Pod], version: Version) -> Level:
        """The strictest level that admits all of them."""
        met = [
            highest_level(thing.metadata, thing.spec, min(version, self.server)) for thing in things
        ]
        return min(met, key=lambda level: level.strictness, default=Level.RESTRICTED)


def judge(subject: Subject, terms: Terms) -> Item:
    """The verdict on a workload; its fix and its rejections are for others to add."""
    at, template = terms.modes["enforce"], subject.template
    violations = terms.evaluate(template, at)
    replicas = alike(subject.others)
    apart = _apart(replicas, terms, sentence(violations))
    return Item(
        namespace=subject.namespace,
        kind=subject.kind,
        name=subject.name,
        source=subject.origin,
        level=at.level,
        version=str(at.version),
        allowed=not violations and not any(pods.text for pods in apart),
        text=sentence(violations) or next((pods.text for pods in apart if pods.text), ""),
        findings=tell(violations, subject.spec_path),
        highest=terms.highest((template, *(each.pod for each in replicas)), at.version),
        fix=None,
        exempt=terms.exemption(template),
        audit=_other(terms, "audit", template, violations),
        warn=_other(terms, "warn", template, violations),
        pods=apart,
        rejections=[],
    )


def _apart(replicas: Iterable[Replicas], terms: Terms, expected: str) -> list[PodsApart]:
    """The pods whose sentence is another than their template's, by that sentence."""
    names: dict[str, list[str]] = {}
    found: dict[str, tuple[Violation, ...]] = {}
    for group in replicas:
        violations = terms.evaluate(group.pod, terms.modes["enforce"])
        text = sentence(violations)
        if text != expected:
            names.setdefault(text, []).extend(group.names)
            found[text] = violations
    return [
        PodsApart(names=sorted(names[text]), text=text, findings=tell(found[text], "spec"))
        for text in sorted(names)
    ]


def _other(
    terms: Terms, mode: Mode, template: Template | Pod, enforced: Sequence[Violation]
) -> Told | None:
    at = terms.modes[mode]
    violations = enforced if at == terms.modes["enforce"] else terms.evaluate(template, at)
    if not violations:
        return None
    reasons = [violation.reason for violation in violations]
    return Told(level=at.level, version=str(at.version), reasons=reasons, text=sentence(violations))


def tell(violations: Iterable[Violation], spec_path: str) -> list[Finding]:
    """Violations as findings, with whole paths of a kind that keeps its pod's spec there."""
    return [
        Finding(
            check=violation.check,
            level=violation.level,
            reason=violation.reason,
            detail=violation.detail,
            container=", ".join(
                dict.fromkeys(f.container for f in violation.fields if f.container)
            ),
            fields=[
                FieldFound(path=whole_path(spec_path, f.path), value=f.value, want=f.want)
                for f in violation.fields
            ],
        )
        for violation in violations
    ]


def whole_path(spec_path: str, path: str) -> str:
    """A path from the object's root: a pod's metadata stands beside its spec."""
    if path.startswith("metadata."):
        return spec_path.removesuffix("spec") + path
    return f"{spec_path}.{path}"
