"""ResourceQuota: what a namespace may ask for altogether.

Mirrors CheckRequest of k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go; what counts
for which object is in `usage`.
"""

from collections.abc import Iterable, Sequence

from kubectl_why_pending.admission.quantity import Amounts, parsed
from kubectl_why_pending.admission.scopes import is_in_scope
from kubectl_why_pending.admission.usage import (
    claim_usage,
    counts_for_claims,
    counts_for_pods,
    lacking,
    pod_usage,
)
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.quota import Quota
from kubectl_why_pending.objects.storage import Claim


def pod_over_quota(quota: Quota, pod: Pod) -> str:
    """The quota's reason against the pod; nothing where it has none."""
    names = [name for name in quota.status.hard if counts_for_pods(name)]
    if not names or not is_in_scope(quota, pod):
        return ""
    if missing := lacking(names, pod):
        return f"failed quota: {quota.metadata.name}: must specify {missing}"
    return _over(quota, names, pod_usage(pod))


def claim_over_quota(quota: Quota, claim: Claim) -> str:
    """The same for a claim; a quota with scopes counts none, but for its class of volume attributes."""
    names = [name for name in quota.status.hard if counts_for_claims(name)]
    if not names or quota.spec.scopes or quota.spec.scope_selector:
        return ""
    return _over(quota, names, claim_usage(claim))


def _over(quota: Quota, names: Sequence[str], usage: Amounts) -> str:
    status, name = quota.status, quota.metadata.name
    if any(one not in status.used for one in names):
        return f"status unknown for quota: {name}, resources: {','.join(sorted(names))}"
    hard, used = parsed(status.hard), parsed(status.used)
    asked = {one: amount for one, amount in usage.items() if one in hard and amount.nanos}
    over = [
        one
        for one, amount in asked.items()
        if (used[one] + amount if one in used else amount).nanos > hard[one].nanos
    ]
    if not over:
        return ""
    return (
        f"exceeded quota: {name}, requested: {_listed(asked, over)}, "
        f"used: {_listed(used, over)}, limited: {_listed(hard, over)}"
    )


def _listed(amounts: Amounts, names: Iterable[str]) -> str:
    return ",".join(f"{name}={amounts[name]}" for name in sorted(names) if name in amounts)
