"""Namespaces → a table, and → a document."""

from collections.abc import Sequence
from datetime import datetime

from kubectl_fieldkit.ages import human_duration
from kubectl_fieldkit.envelope import Document, Envelope, Incomplete
from kubectl_fieldkit.objects.namespace import Namespace
from kubectl_fieldkit.output import Cell, Report, Table


class ListedNamespace(Document, frozen=True):
    """A namespace; `status` is Active, Terminating or Unknown, `age` as kubectl prints it."""

    name: str
    current: bool
    status: str
    age: str


class NamespaceList(Envelope, frozen=True, kw_only=True):
    """What `kubectl ns -o json` prints."""

    kind: str = "NamespaceList"
    items: list[ListedNamespace]


def listed(namespace: Namespace, current: str, now: datetime) -> ListedNamespace:
    """A namespace as the cluster has it."""
    meta = namespace.metadata
    born = meta.creation_timestamp
    return ListedNamespace(
        name=meta.name,
        current=meta.name == current,
        status="Terminating" if meta.deletion_timestamp else "Active",
        age=human_duration((now - born).total_seconds()) if born else "",
    )


def remembered(name: str, current: str) -> ListedNamespace:
    """A namespace of which no more is known than that it was used."""
    return ListedNamespace(name=name, current=name == current, status="Unknown", age="")


def report(namespaces: Sequence[ListedNamespace], incomplete: Sequence[Incomplete]) -> Report:
    """The namespaces in all forms; `incomplete` where the cluster did not list them."""
    return Report(
        blocks=lambda: [Table(("CURRENT", "NAME", "STATUS", "AGE"), list(map(_row, namespaces)))],
        document=lambda: NamespaceList(
            server_version="", incomplete=list(incomplete), items=list(namespaces)
        ),
        names=lambda: [f"namespace/{namespace.name}" for namespace in namespaces],
    )


def _row(item: ListedNamespace) -> list[str | Cell]:
    mark, style = ("*", "yellow") if item.current else ("", "")
    status = Cell(item.status, "red" if item.status == "Terminating" else "")
    return [mark, Cell(item.name, style), status, item.age]
