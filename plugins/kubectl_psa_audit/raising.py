"""What breaks if a namespace's enforce level is raised, and what the server would say of it.

Mirrors ValidateNamespace and EvaluatePodsInNamespace of
k8s.io/pod-security-admission/admission/admission.go.
"""

import shlex
from collections.abc import Iterable, Mapping, Sequence

from kubectl_fieldkit.envelope import Document
from kubectl_fieldkit.workloads import owner_of
from kubectl_psa_audit.judging import Item, Terms
from kubectl_psa_audit.labels import level_label, version_label
from kubectl_psa_audit.levels import Level, LevelVersion
from kubectl_psa_audit.pod import Pod

MOST_PODS = 3000
CUT = "new PodSecurity enforce level only checked against the first {} of {} existing pods"
VIOLATE = 'existing pods in namespace "{}" violate the new PodSecurity enforce level "{}"'


class Raise(Document, frozen=True):
    """What a higher level refuses, templates included; `warnings` are the server's own words.

    The server looks at pods alone. `command` is empty where something breaks.
    """

    level: str
    version: str
    breaks: list[str]
    warnings: list[str]
    command: str


def raised(
    name: str,
    labels: Mapping[str, str],
    to: LevelVersion,
    items: Iterable[Item],
    warnings: Sequence[str],
    is_whole: bool,
) -> Raise:
    """The answer for one namespace, whose items were judged at the new level."""
    breaks = [f"{item.kind}/{item.name}" for item in items if not item.allowed]
    return Raise(
        level=to.level,
        version=str(to.version),
        breaks=breaks,
        warnings=list(warnings),
        command="" if breaks or not is_whole else _command(name, labels, to),
    )


def _command(name: str, labels: Mapping[str, str], to: LevelVersion) -> str:
    words = [f"{level_label('enforce')}={to.level}"]
    if labels.get(version_label("enforce"), "latest") != str(to.version):
        words.append(f"{version_label('enforce')}={to.version}")
    return shlex.join(("kubectl", "label", "--overwrite", "namespace", name, *words))


def namespace_warnings(
    name: str, old: LevelVersion, new: LevelVersion, pods: Iterable[Pod], terms: Terms
) -> list[str]:
    """What the server warns of when the label is set, before it cuts the warnings to fit."""
    relaxed = new.version == old.version and new.level.strictness <= old.level.strictness
    if new in (old, LevelVersion(Level.PRIVILEGED, new.version)) or relaxed or terms.exempt:
        return []
    prioritized = _prioritize(pod for pod in pods if not terms.exemption(pod))
    checked = prioritized[:MOST_PODS]
    by_reasons: dict[str, list[str]] = {}
    for pod in checked:
        if violations := terms.evaluate(pod, new):
            reasons = ", ".join(violation.reason for violation in violations)
            by_reasons.setdefault(reasons, []).append(pod.metadata.name)
    cut = [CUT.format(len(checked), len(prioritized))] if len(checked) < len(prioritized) else []
    head = [VIOLATE.format(name, new)] if by_reasons else []
    return [*cut, *head, *sorted(_line(names, told) for told, names in by_reasons.items())]


def _prioritize(pods: Iterable[Pod]) -> list[Pod]:
    """One pod of each controller first, so that a cut leaves none out."""
    first: list[Pod] = []
    more: list[Pod] = []
    seen = set()
    for pod in pods:
        owner = owner_of(pod)
        (more if owner in seen else first).append(pod)
        seen |= {owner} if owner else set()
    return first + more


def _line(names: Sequence[str], reasons: str) -> str:
    others = len(names) - 1
    if not others:
        return f"{min(names)}: {reasons}"
    return f"{min(names)} (and {others} other {'pod' if others == 1 else 'pods'}): {reasons}"
