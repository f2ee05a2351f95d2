"""A kube-proxy too far from its API server or kubelet, or as far as it may be."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding, Fix, Severity, Subject
from kubectl_proxy_mode.judged import Cluster, Judged
from kubectl_proxy_mode.lint.fixes import set_image
from kubectl_proxy_mode.lint.proxies import grouped, made_by
from kubectl_proxy_mode.lint.rule import Rule
from kubectl_proxy_mode.releases import minor
from kubectl_proxy_mode.skew import NARROW, WIDE, WIDE_SINCE, skew

UPSTREAM = "registry.k8s.io/kube-proxy"


def find(cluster: Cluster) -> Iterator[Finding]:
    """An error for what is not supported; a warning where the API server's next upgrade breaks it."""
    own = [judged for judged in cluster.judged if judged.pod and judged.inside is None]
    for (made, severity, message), group in grouped(
        own, lambda judged: (made_by(judged), *_said(judged, cluster))
    ).items():
        if message:
            yield Finding(
                rule=RULE.id,
                severity=severity,
                subject=made,
                message=message,
                evidence=[_versions(judged) for judged in group],
                fix=_fix(made, group[0], cluster.server_version),
            )


def _said(judged: Judged, cluster: Cluster) -> tuple[Severity, str]:
    kubelet, server = judged.node.status.node_info.kubelet_version, cluster.server_version
    version = proxy_version(judged)
    if broken := skew(version, kubelet, server):
        return "error", "; ".join(broken)
    own, above = minor(version), minor(server)
    if own is None or above is None or above - own < (WIDE if own >= WIDE_SINCE else NARROW):
        return "info", ""
    upgrade = f"upgrade it before the API server goes to 1.{above + 1}"
    return "warning", f"kube-proxy {version} is as old as {server} allows: {upgrade}"


def proxy_version(judged: Judged) -> str:
    """kube-proxy's own; beside a replacement, whose version the answer has, its image's tag."""
    replaced = judged.replacement is not None and judged.replacement.certainty != "unknown"
    return _tag(judged) if replaced else judged.answer.version or _tag(judged)


def _tag(judged: Judged) -> str:
    container = judged.pod.spec.kube_proxy if judged.pod else None
    image = container.image.partition("@")[0].rpartition("/")[2] if container else ""
    return image.partition(":")[2]


def _versions(judged: Judged) -> str:
    kubelet = judged.node.status.node_info.kubelet_version
    return f"node/{judged.answer.name} has kube-proxy {proxy_version(judged)}, kubelet {kubelet}"


def _fix(made: Subject, judged: Judged, server: str) -> Fix | None:
    """Upstream's image of the server's version; an image of anybody else is theirs to change."""
    container = judged.pod.spec.kube_proxy if judged.pod else None
    if (
        container is None
        or container.image.partition(":")[0] != UPSTREAM
        or "+" in server
        or "-" in server
    ):
        return None
    return set_image(made, container.name, f"{UPSTREAM}:{server}")


RULE = Rule("version-skew", frozenset(("pods",)), find)
