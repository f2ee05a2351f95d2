"""core/v1 node affinity: which nodes a pod insists on."""

from msgspec import field

from kubectl_fieldkit.objects.meta import Kube


class NodeSelectorRequirement(Kube, frozen=True):
    """One clause: In, NotIn, Exists, DoesNotExist, Gt or Lt."""

    key: str = ""
    operator: str = ""
    values: list[str] = []


class NodeSelectorTerm(Kube, frozen=True):
    """Clauses that must all hold."""

    match_expressions: list[NodeSelectorRequirement] = []
    match_fields: list[NodeSelectorRequirement] = []


class NodeSelector(Kube, frozen=True):
    """Terms of which one must hold."""

    node_selector_terms: list[NodeSelectorTerm] = []


class NodeAffinity(Kube, frozen=True):
    """What is required; preferences are not read."""

    required: NodeSelector | None = field(
        name="requiredDuringSchedulingIgnoredDuringExecution", default=None
    )


class Affinity(Kube, frozen=True):
    """The part of a pod's affinity that is about nodes."""

    node_affinity: NodeAffinity = NodeAffinity()
