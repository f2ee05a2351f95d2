"""core/v1 ResourceQuota: how much all pods and claims of a namespace may ask for together."""

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.pod import Quantities


class ScopeRequirement(Kube, frozen=True):
    """Which objects count, by one of their properties."""

    scope_name: str = ""
    operator: str = ""
    values: list[str] = []


class ScopeSelector(Kube, frozen=True):
    """Requirements that must all hold."""

    match_expressions: list[ScopeRequirement] = []


class QuotaSpec(Kube, frozen=True):
    """Which objects count; those with every scope."""

    scopes: list[str] = []
    scope_selector: ScopeSelector | None = None


class QuotaStatus(Kube, frozen=True):
    """What is enforced, and what is taken of it, by the resource's name."""

    hard: Quantities = {}
    used: Quantities = {}


class Quota(KubeObject, frozen=True):
    """A bound on what a namespace may ask for."""

    spec: QuotaSpec = QuotaSpec()
    status: QuotaStatus = QuotaStatus()


QUOTAS = Resource("", "v1", "resourcequotas", "ResourceQuota", True, Quota)
