"""A namespace as the audit tells of it: its policy, what it meets, and what it could be raised to."""

from collections.abc import Sequence

from msgspec import Struct, field

from kubectl_fieldkit.envelope import Document
from kubectl_psa_audit.judging import Item, Terms
from kubectl_psa_audit.levels import LATEST, Level
from kubectl_psa_audit.matrix import MatrixRow, matrix
from kubectl_psa_audit.pod import Pod
from kubectl_psa_audit.policy import Policy
from kubectl_psa_audit.raising import Raise, namespace_warnings, raised
from kubectl_psa_audit.rules import Labels, Rules
from kubectl_psa_audit.subjects import Subject


class NamespaceFound(Document, frozen=True):
    """A namespace: its policy (null where its labels are unknown), and the highest level it meets.

    `highest` is empty where a list that it depends on could not be read.
    """

    name: str
    policy: Policy | None
    highest: str
    matrix: list[MatrixRow] | None = None
    raised: Raise | None = field(name="raise", default=None)


class Contents(Struct, frozen=True):
    """What is known of a namespace: labels (None: unknown), workloads with their verdicts, all pods.

    The lists are filled while the workloads are judged.
    """

    name: str
    labels: Labels | None
    subjects: list[Subject]
    items: list[Item]
    pods: list[Pod]
    is_whole: bool = True


def describe(inside: Contents, rules: Rules, terms: Terms, with_matrix: bool) -> NamespaceFound:
    """The namespace's own part of the answer."""
    labels = inside.labels
    pin = LATEST if labels is None else rules.enforced(labels).version
    return NamespaceFound(
        name=inside.name,
        policy=None if labels is None else rules.policy(inside.name, labels),
        highest=_highest(inside.items) if inside.is_whole else "",
        matrix=matrix(inside.subjects, pin, rules.server) if with_matrix else None,
        raised=_raise(inside, rules, terms),
    )


def _highest(items: Sequence[Item]) -> Level:
    met = (Level(item.highest) for item in items)
    return min(met, key=lambda level: level.strictness, default=Level.RESTRICTED)


def _raise(inside: Contents, rules: Rules, terms: Terms) -> Raise | None:
    labels = inside.labels or {}
    to = rules.raised(labels)
    if to is None:
        return None
    warnings = namespace_warnings(inside.name, rules.enforced(labels), to, inside.pods, terms)
    is_known = inside.is_whole and inside.labels is not None
    return raised(inside.name, labels, to, inside.items, warnings, is_known)
