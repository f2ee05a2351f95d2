"""Which workloads tolerate a taint, and through which of their tolerations."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from kubectl_fieldkit.envelope import Document
from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import by_comparison, describe, tolerates_taint
from kubectl_fieldkit.workloads import Workload
from kubectl_taints.pod_tolerations import tolerations_of
from kubectl_taints.specs import EFFECTS, is_label_value, is_qualified_name, parse_taint


class AnyTaint(Struct, frozen=True):
    """Taints of a key, and of a value if one is given, whatever their effect."""

    key: str
    value: str | None = None

    def __str__(self) -> str:
        return self.key if self.value is None else f"{self.key}={self.value}"


Asked = Taint | AnyTaint


class Tolerator(Document, frozen=True):
    """A workload, or a bare pod, that tolerates the taint.

    `through` are the tolerations that match, in the pod's order; `gated` those that match only
    with the server's gate TaintTolerationComparisonOperators, off by default. `broad` marks a
    toleration without a key, which matches taints that nobody had in mind. `pods` have it now.
    """

    kind: str
    namespace: str
    name: str
    resource: str
    through: list[str]
    gated: list[str]
    broad: bool
    pods: int


def parse_asked(word: str) -> Asked:
    """With an effect it is one taint, as kubectl spells it; without one, any of that key and value."""
    if ":" in word:
        return parse_taint(word)
    key, sign, value = word.partition("=")
    if not is_qualified_name(key) or not is_label_value(value):
        raise UsageError(f"invalid taint spec: {word}", "such as KEY, KEY=VALUE or KEY:NoSchedule")
    return AnyTaint(key, value if sign else None)


def who_tolerates(asked: Asked, workloads: Iterable[Workload]) -> list[Tolerator]:
    """Those that have a toleration for it, in their template or in a pod, in the order given."""
    return [found for workload in workloads if (found := _tolerator(asked, workload))]


def _tolerator(asked: Asked, workload: Workload) -> Tolerator | None:
    tolerations = [*tolerations_of(workload), *(t for p in workload.pods for t in p.tolerations)]
    through = [t for t in tolerations if matches(t, asked)]
    gated = [t for t in tolerations if not matches(t, asked) and _is_gated(t, asked)]
    if not through and not gated:
        return None
    return Tolerator(
        kind=workload.kind,
        namespace=workload.namespace,
        name=workload.name,
        resource=workload.resource_name,
        through=list(dict.fromkeys(map(describe, through))),
        gated=list(dict.fromkeys(map(describe, gated))),
        broad=any(is_broad(toleration) for toleration in through),
        pods=sum(1 for pod in workload.pods if any(matches(t, asked) for t in pod.tolerations)),
    )


def is_broad(toleration: Toleration) -> bool:
    """Whether it matches every key."""
    return not toleration.key and toleration.operator == "Exists"


def matches(toleration: Toleration, asked: Asked) -> bool:
    """Whether the toleration matches the taint, or one of the taints, asked for."""
    return any(tolerates_taint(toleration, taint) for taint in _taints(asked, toleration))


def _is_gated(toleration: Toleration, asked: Asked) -> bool:
    return any(by_comparison(taint, [toleration]) for taint in _taints(asked, toleration))


def _taints(asked: Asked, toleration: Toleration) -> Iterator[Taint]:
    """The taints asked for that this toleration could match: a value left open is its own."""
    if isinstance(asked, Taint):
        yield asked
        return
    value = toleration.value if asked.value is None else asked.value
    for effect in EFFECTS:
        yield Taint(key=asked.key, value=value, effect=effect)
