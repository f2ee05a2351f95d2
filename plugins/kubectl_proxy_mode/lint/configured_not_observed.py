"""What runs is not what is written: kube-proxy reads its configuration when it starts."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding
from kubectl_proxy_mode.judged import Cluster, Judged
from kubectl_proxy_mode.lint.fixes import restart
from kubectl_proxy_mode.lint.proxies import grouped, kube_proxies, made_by, told_mode
from kubectl_proxy_mode.lint.rule import MODES, Rule


def find(cluster: Cluster) -> Iterator[Finding]:
    """Warns where a kube-proxy said another mode than it would have if it started now."""
    found = (judged for judged in kube_proxies(cluster) if _differs(judged, cluster))
    groups = grouped(found, lambda j: (made_by(j), j.answer.observed, told_mode(j, cluster)))
    for (made, observed, told), group in groups.items():
        unset = not group[0].answer.configured
        written = f"no mode is given, which is {told}," if unset else f"{told} is configured"
        yield Finding(
            rule=RULE.id,
            severity="warning",
            subject=made,
            message=f"{observed} runs, but {written} in {group[0].answer.configured_by}: the next restart changes it",
            evidence=[f"node/{each.answer.name}: {each.answer.source}" for each in group],
            fix=restart(made),
        )


def _differs(judged: Judged, cluster: Cluster) -> bool:
    told = told_mode(judged, cluster)
    return bool(told and judged.answer.observed) and told != judged.answer.observed


RULE = Rule("configured-not-observed", MODES, find)
