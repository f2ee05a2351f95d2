"""From the flags and the kubeconfig to one access: client-go's tools/clientcmd/client_config.go.

Where kubectl would try http://localhost:8080 for want of a server, an error says what to do instead.
"""

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.files import kubeconfig_files
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.incluster import in_pod, pod_access, pod_namespace
from kubectl_fieldkit.kubeconfig.load import load_file
from kubectl_fieldkit.kubeconfig.merge import merge
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, Context, Kubeconfig, User
from kubectl_fieldkit.kubeconfig.overrides import override_cluster, override_user
from kubectl_fieldkit.kubeconfig.validation import validate

KUBECTL_DEFAULT = "http://localhost:8080"


def load_kubeconfig(explicit: str, environ: Mapping[str, str]) -> Kubeconfig:
    """All the files together; only a file named by `--kubeconfig` must be there."""
    found = []
    for path in kubeconfig_files(explicit, environ):
        try:
            found.append(load_file(path))
        except FileNotFoundError as err:
            if explicit:
                raise KubeconfigError(f"stat {path}: no such file or directory") from err
    return merge(found)


def find_access(flags: ConnectionFlags, environ: Mapping[str, str]) -> Access:
    """What these flags connect to in this environment, as whom, and in which namespace."""
    return access_in(load_kubeconfig(flags.kubeconfig, environ), flags, environ)


def access_in(kubeconfig: Kubeconfig, flags: ConnectionFlags, environ: Mapping[str, str]) -> Access:
    """The same of a kubeconfig that was loaded before."""
    name = flags.context or kubeconfig.current_context
    context = _named_context(kubeconfig, flags, name)
    user = override_user(kubeconfig.users.get(context.user, User()), flags)
    cluster = override_cluster(kubeconfig.clusters.get(context.cluster, Cluster()), flags)
    default = environ.get("KUBERNETES_MASTER", "")
    cluster = replace(cluster, server=cluster.server or default)
    access = Access(cluster, user, _namespace(context, environ), name, flags.request_timeout)

    validate(context.user, user, context.cluster, cluster)
    if _says_nothing(access, default or KUBECTL_DEFAULT) and in_pod(environ):
        return pod_access(flags, environ)
    if not cluster.server:
        raise _no_server(kubeconfig, context, name, kubeconfig_files(flags.kubeconfig, environ))
    if not (flags.token or flags.client_certificate or not context.user):
        _require("user", context.user, kubeconfig.users)
    return access if cluster.server.lower().startswith("https://") else _without_tls(access)


def _named_context(kubeconfig: Kubeconfig, flags: ConnectionFlags, name: str) -> Context:
    """The context with the flags laid over it; every name that was asked for exists."""
    if flags.user:
        _require("auth info", flags.user, kubeconfig.users)
    if name:
        _require("context", name, kubeconfig.contexts)
    if flags.cluster:
        _require("cluster", flags.cluster, kubeconfig.clusters)
    context = kubeconfig.contexts.get(name, Context())
    return Context(
        cluster=flags.cluster or context.cluster,
        user=flags.user or context.user,
        namespace=flags.namespace or context.namespace,
        origin=context.origin,
    )


def _require(kind: str, name: str, names: Collection[str]) -> None:
    if name in names:
        return
    from difflib import get_close_matches

    near = " or ".join(f'"{match}"' for match in get_close_matches(name, names))
    raise KubeconfigError(
        f'{kind} "{name}" does not exist', f"did you mean {near}?" if near else ""
    )


def _namespace(context: Context, environ: Mapping[str, str]) -> str:
    """The namespace; a pod's own counts even where a kubeconfig is used that names none."""
    if context.namespace:
        return context.namespace
    return pod_namespace(environ) if in_pod(environ) else "default"


def _says_nothing(access: Access, default: str) -> bool:
    """Whether all this is no more than kubectl's own default, which a pod's access replaces."""
    cluster = access.cluster
    asks_more = access.user.impersonate or access.request_timeout
    asks_more = asks_more or cluster.proxy_url or cluster.disable_compression
    return not asks_more and cluster.server in ("", default)


def _without_tls(access: Access) -> Access:
    """What a plain-text server gets: no credentials; impersonation is still asked for."""
    cluster, user = access.cluster, access.user
    return replace(
        access,
        cluster=Cluster(
            server=cluster.server,
            proxy_url=cluster.proxy_url,
            disable_compression=cluster.disable_compression,
            origin=cluster.origin,
        ),
        user=User(
            impersonate=user.impersonate,
            impersonate_groups=user.impersonate_groups,
            impersonate_uid=user.impersonate_uid,
            impersonate_extra=user.impersonate_extra,
            origin=user.origin,
        ),
    )


def _no_server(
    kubeconfig: Kubeconfig, context: Context, name: str, files: Collection[str]
) -> KubeconfigError:
    if context.cluster in kubeconfig.clusters:
        return KubeconfigError(f'cluster "{context.cluster}" has no server defined')
    if context.cluster:
        return KubeconfigError(f'cluster "{context.cluster}" of context "{name}" does not exist')
    if name:
        return KubeconfigError(f'context "{name}" names no cluster')
    if kubeconfig.contexts:
        names = ", ".join(f'"{context}"' for context in sorted(kubeconfig.contexts)[:5])
        hint = f"choose one with --context or kubectl config use-context: {names}"
        return KubeconfigError("no context is chosen", hint)
    sought = ", ".join(f'"{file}"' for file in files)
    hint = "name a kubeconfig with --kubeconfig or KUBECONFIG, or a server with --server"
    where = f"no kubeconfig with a context was found at {sought}" if sought else "no kubeconfig"
    return KubeconfigError(where, hint)
