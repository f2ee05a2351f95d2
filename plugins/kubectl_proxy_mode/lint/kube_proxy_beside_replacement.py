"""A kube-proxy on a node whose service traffic another system carries."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding, Fix, Subject
from kubectl_proxy_mode.judged import Cluster, Judged
from kubectl_proxy_mode.lint.fixes import park
from kubectl_proxy_mode.lint.proxies import grouped, made_by
from kubectl_proxy_mode.lint.rule import MODES, Rule

MADE_FOR_IT = ("antrea",)  # which has the last word even beside a kube-proxy
STOP = "which replaces it: stop kube-proxy, then remove its rules (kube-proxy --cleanup, or a reboot of the node)"
IDLE = "which serves all Services without it: it is not needed"


def find(cluster: Cluster) -> Iterator[Finding]:
    """Warns by DaemonSet and system; remarks on a system that is made to run beside kube-proxy."""
    both = [judged for judged in cluster.judged if _are_both(judged)]
    for (made, name), group in grouped(
        both, lambda j: (made_by(j), j.answer.implementation)
    ).items():
        yield Finding(
            rule=RULE.id,
            severity="info" if name in MADE_FOR_IT else "warning",
            subject=made,
            message=f"kube-proxy runs beside {name}, {IDLE if name in MADE_FOR_IT else STOP}",
            evidence=[f"node/{each.answer.name}: {each.answer.source}" for each in group],
            fix=_fix(cluster, made, name),
        )


def _are_both(judged: Judged) -> bool:
    """A system that only may replace kube-proxy is no reason to stop it."""
    replacement = judged.replacement
    known = replacement is not None and replacement.certainty != "unknown"
    return known and bool(judged.pod or judged.answer.observed)


def _fix(cluster: Cluster, made: Subject, name: str) -> Fix | None:
    """Parks the DaemonSet, as Calico's documentation does, where no node needs it any more."""
    needed = any(
        judged.pod and made_by(judged) == made and not _are_both(judged)
        for judged in cluster.judged
    )
    return None if needed else park(made, f"non-{name}")


RULE = Rule("kube-proxy-beside-replacement", MODES | {"ciliumnodeconfigs"}, find)
