"""The kube-proxies of a cluster, each with what must be touched to change it."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cache
from typing import TypeVar

from kubectl_fieldkit.findings import Subject
from kubectl_proxy_mode.judged import Cluster, Judged
from kubectl_proxy_mode.releases import default_mode, minor

K = TypeVar("K", bound=Hashable)


def kube_proxies(cluster: Cluster) -> Iterator[Judged]:
    """The Linux nodes whose service traffic a kube-proxy carries, a pod or not."""
    for judged in cluster.judged:
        is_replaced = judged.replacement and judged.replacement.certainty != "unknown"
        if judged.answer.implementation and not is_replaced and not judged.node.windows:
            yield judged


def release_of(judged: Judged, cluster: Cluster) -> int | None:
    """The minor of the kube-proxy; the API server's where it is not known."""
    own = minor(judged.answer.version)
    return own if own is not None else minor(cluster.server_version)


def told_mode(judged: Judged, cluster: Cluster) -> str:
    """The mode that a kube-proxy would have if it started now; empty where that is not known."""
    configured = judged.answer.configured
    if configured is None:
        return ""
    return configured or default_mode(release_of(judged, cluster), judged.node.windows)


def kernel_of(judged: Judged) -> tuple[int, int] | None:
    """(5, 10) of `5.10.0-23-amd64`; None where the kubelet says none."""
    return _kernel(judged.node.status.node_info.kernel_version)


@cache  # nodes are many, versions few
def _kernel(version: str) -> tuple[int, int] | None:
    major, _, rest = version.partition(".")
    digits = rest.partition(".")[0].partition("-")[0]
    return (int(major), int(digits)) if major.isdecimal() and digits.isdecimal() else None


def told_by(judged: Judged) -> Subject:
    """Where a kube-proxy's mode is written: the ConfigMap, the DaemonSet of its arguments, or the node."""
    pod = judged.pod
    file = pod.spec.config_file if pod else None
    if pod and file and file.key:
        return Subject(kind="ConfigMap", namespace=pod.metadata.namespace, name=file.config_map)
    return made_by(judged) if file is None else _node(judged)


def made_by(judged: Judged) -> Subject:
    """The DaemonSet that makes a kube-proxy's pod; the node for a static pod, or for none."""
    pod = judged.pod
    owner = next((o for o in pod.metadata.owner_references if o.controller), None) if pod else None
    if pod and owner and owner.kind == "DaemonSet":
        return Subject(kind="DaemonSet", namespace=pod.metadata.namespace, name=owner.name)
    return _node(judged)


def grouped(found: Iterable[Judged], key: Callable[[Judged], K]) -> dict[K, list[Judged]]:
    """Those that one change would mend, together."""
    groups: dict[K, list[Judged]] = {}
    for judged in found:
        groups.setdefault(key(judged), []).append(judged)
    return groups


def seen_on(group: Iterable[Judged]) -> list[str]:
    """The mode of each node, and how it is known."""
    answers = (judged.answer for judged in group)
    return [
        f"node/{each.name} has {each.mode or 'no known mode'}, {each.certainty}" for each in answers
    ]


def _node(judged: Judged) -> Subject:
    return Subject(kind="Node", namespace="", name=judged.answer.name)
