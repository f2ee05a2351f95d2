"""A server that is asked in plain text."""

from collections.abc import Iterator

from kubectl_ctx.lint.fixes import config, subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.cluster.address import Address, address_of
from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.kubeconfig.model import Cluster


def find(linted: Linted) -> Iterator[Finding]:
    """Warns, unless it is this machine, such as kubectl proxy."""
    for name, cluster in linted.merged.clusters.items():
        address = _address(cluster)
        if not address or address.scheme != "http" or address.is_loopback:
            continue
        yield Finding(
            rule=RULE.id,
            severity="warning",
            subject=subject("Cluster", name),
            message="is asked without TLS: others can read and change what is said, and no"
            " credentials are sent",
            evidence=[cluster.origin, f"server: {address.url}"],
            fix=config(
                cluster.origin,
                "set-cluster",
                name,
                flags=[f"--server=https://{address.target}{address.path}"],
            ),
        )


def _address(cluster: Cluster) -> Address | None:
    """None where there is none that can be asked."""
    try:
        return address_of(cluster)
    except KubeconfigError:
        return None


RULE = Rule("http-server", find)
