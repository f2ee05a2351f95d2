"""What goes with a context, and what stays because something else refers to it."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kubectl_fieldkit.kubeconfig.edits import Section
from kubectl_fieldkit.kubeconfig.outline import Outline
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs


class Entry(Struct, frozen=True):
    """An entry of a section of a file."""

    path: str
    section: Section
    name: str


def contexts_of(kubeconfigs: Kubeconfigs, names: Sequence[str]) -> list[Entry]:
    """The entries that define these contexts: the first file's, where several do."""
    contexts = kubeconfigs.contexts
    return [Entry(contexts[name].origin, "contexts", name) for name in names]


def unused(kubeconfigs: Kubeconfigs, going: Sequence[Entry]) -> list[Entry]:
    """The clusters and users that these contexts alone referred to, among all contexts of all files.

    A context that another one of its name hides counts as well: it may come to light.
    """
    gone = {(entry.path, entry.name) for entry in going}
    clusters, users = {}, {}
    kept_clusters, kept_users = set(), set()
    for path, outline in kubeconfigs.outlines:
        for name, context in outline.contexts.items():
            if (path, name) in gone:
                clusters[context.cluster] = users[context.user] = True
            else:
                kept_clusters.add(context.cluster)
                kept_users.add(context.user)
    return [
        *_defined(kubeconfigs, "clusters", [c for c in clusters if c not in kept_clusters]),
        *_defined(kubeconfigs, "users", [u for u in users if u not in kept_users]),
    ]


def _defined(kubeconfigs: Kubeconfigs, section: Section, names: Sequence[str]) -> Iterator[Entry]:
    """The entry of each name that counts; a name that no file defines has none."""
    for name in names:
        for path, outline in kubeconfigs.outlines:
            if name in _section(outline, section):
                yield Entry(path, section, name)
                break


def _section(outline: Outline, section: Section) -> Sequence[str]:
    return outline.clusters if section == "clusters" else outline.users
