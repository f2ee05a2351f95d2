"""Everything about each context that needs no cluster and shows no secret."""

from collections.abc import Iterable, Mapping

from kubectl_ctx.expiry import expiry_of
from kubectl_fieldkit.envelope import Document
from kubectl_fieldkit.kubeconfig.load import load_file
from kubectl_fieldkit.kubeconfig.merge import merge
from kubectl_fieldkit.kubeconfig.model import Cluster, Context, User
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs


class ContextDetails(Document, frozen=True):
    """A context; `expires` is RFC 3339 or empty, `expires_from` what it was read from."""

    name: str
    current: bool
    cluster: str
    user: str
    namespace: str
    server: str
    origin: str
    expires: str
    expires_from: str


def details(kubeconfigs: Kubeconfigs, names: Iterable[str]) -> list[ContextDetails]:
    """The contexts of these names, in their order."""
    config = merge([load_file(path) for path, _ in kubeconfigs.outlines])
    contexts, current = kubeconfigs.contexts, kubeconfigs.current_context
    return [
        _details(name, name == current, contexts[name], config.clusters, config.users)
        for name in names
    ]


def _details(
    name: str,
    current: bool,
    context: Context,
    clusters: Mapping[str, Cluster],
    users: Mapping[str, User],
) -> ContextDetails:
    cluster, user = clusters.get(context.cluster), users.get(context.user)
    expires, source = expiry_of(user) if user else (None, "")
    return ContextDetails(
        name=name,
        current=current,
        cluster=context.cluster,
        user=context.user,
        namespace=context.namespace,
        server=cluster.server if cluster else "",
        origin=context.origin,
        expires=expires.strftime("%Y-%m-%dT%H:%M:%SZ") if expires else "",
        expires_from=source,
    )
