"""meta/v1 LabelSelector: how an object says which others it is about."""

from kubectl_fieldkit.objects.meta import Kube


class LabelSelectorRequirement(Kube, frozen=True):
    """One expression; `operator` is In, NotIn, Exists or DoesNotExist."""

    key: str
    operator: str
    values: list[str] = []


class LabelSelector(Kube, frozen=True):
    """Labels and expressions, all of which must match; an empty selector selects everything."""

    match_labels: dict[str, str] = {}
    match_expressions: list[LabelSelectorRequirement] = []
