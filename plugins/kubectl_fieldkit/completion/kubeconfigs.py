"""The names that the kubeconfigs hold: nothing here asks a cluster."""

from collections.abc import Iterable, Mapping

from kubectl_fieldkit.kubeconfig.several import Kubeconfigs, read_kubeconfigs
from kubectl_fieldkit.natural import natural_key


def names_in_kubeconfigs(kind: str, explicit: str, environ: Mapping[str, str]) -> list[str]:
    """The contexts, clusters or users of all files, in natural order."""
    names = _names(kind, read_kubeconfigs(explicit, environ))
    return sorted(set(names), key=natural_key)


def _names(kind: str, kubeconfigs: Kubeconfigs) -> Iterable[str]:
    if kind == "contexts":
        return kubeconfigs.contexts
    outlines = [outline for _, outline in kubeconfigs.outlines]
    return [
        name for each in outlines for name in (each.users if kind == "users" else each.clusters)
    ]
