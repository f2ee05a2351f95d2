"""kubernetes.io/releases/version-skew-policy, as far as it is about kube-proxy."""

from collections.abc import Iterator

from kubectl_proxy_mode.releases import minor

# kube-proxy since 1.25 may be three minors apart, before it two
WIDE_SINCE, WIDE, NARROW = 25, 3, 2


def skew(proxy: str, kubelet: str, server: str) -> list[str]:
    """In words, each way in which a kube-proxy's version breaks the policy; unknown versions break none."""
    return list(_broken(proxy, kubelet, server))


def _broken(proxy: str, kubelet: str, server: str) -> Iterator[str]:
    own, beside, above = minor(proxy), minor(kubelet), minor(server)
    if own is None:
        return
    apart = WIDE if own >= WIDE_SINCE else NARROW
    if above is not None and own > above:
        yield f"kube-proxy {proxy} is newer than the API server {server}"
    if above is not None and above - own > apart:
        yield f"kube-proxy {proxy} is {above - own} minors older than the API server {server}: {apart} are supported"
    if beside is not None and abs(beside - own) > apart:
        yield f"kube-proxy {proxy} and kubelet {kubelet} are {abs(beside - own)} minors apart: {apart} are supported"
