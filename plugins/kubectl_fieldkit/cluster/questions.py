"""Where a read goes: the URL of one object, or of a page of a list."""

from typing import Protocol

from kubectl_fieldkit.cluster.escaping import escaped, query_of
from kubectl_fieldkit.errors import FieldkitError


class AsTable(str):
    """The URL of a list that is wanted as the server's table, with each object's metadata."""

    __slots__ = ()


class Place(Protocol):
    """A kind of object as the API's URLs have it."""

    @property
    def plural(self) -> str:
        """Such as `pods`."""

    def path(self, namespace: str = "", name: str = "") -> str:
        """The URL path of a list, or of one object; the empty namespace means all of them."""


class Question(Protocol):
    """A read of one object where `name` is set, else of a list."""

    @property
    def resource(self) -> Place:
        """The kind that is asked for."""

    @property
    def name(self) -> str:
        """The one object's, or nothing."""

    @property
    def namespace(self) -> str:
        """Where; nothing is everywhere."""

    @property
    def label_selector(self) -> str:
        """What a list is narrowed to."""

    @property
    def field_selector(self) -> str:
        """What a list is narrowed to."""


def path_of(resource: Place, namespace: str = "", name: str = "") -> str:
    """The URL path; FieldkitError in kubectl's words for a name that would lead elsewhere."""
    for segment in (namespace, name):
        _check(segment)
    return resource.path(escaped(namespace), escaped(name))


def page_path(question: Question, page: int, after: str) -> str:
    """The URL of so many objects of a list, from its beginning or after the last page."""
    query = {
        "limit": str(page),
        "labelSelector": question.label_selector,
        "fieldSelector": question.field_selector,
        "continue": after,
    }
    given = {key: value for key, value in query.items() if value}
    return f"{path_of(question.resource, question.namespace)}?{query_of(given)}"


def _check(segment: str) -> None:
    """Refuses what would name another resource (IsValidPathSegmentName in apimachinery)."""
    if segment in {".", ".."}:
        raise FieldkitError(f"invalid resource name \"{segment}\": [may not be '{segment}']")
    for mark in "/%":
        if mark in segment:
            raise FieldkitError(f"invalid resource name \"{segment}\": [may not contain '{mark}']")
