"""What a response means: the objects in it, or the server's refusal in kubectl's words."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from kubectl_fieldkit.cluster.http1 import Response
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.objects.meta import Kube

T = TypeVar("T")


class PageMeta(Kube, frozen=True):
    """A list's own metadata: where the next page starts, and about how much is left."""

    next: str = msgspec.field(name="continue", default="")
    remaining_item_count: int = 0


class Page(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """Some objects of a list."""

    metadata: PageMeta = PageMeta()
    items: list[T] | None = None


class Column(Kube, frozen=True):
    """What a table's cells are of."""

    name: str = ""


class Row(msgspec.Struct, Generic[T], frozen=True):
    """An object as the server prints it, and the object with its metadata alone."""

    object: T
    cells: tuple[Any, ...] = ()


class Table(msgspec.Struct, Generic[T], frozen=True, rename="camel"):
    """meta/v1 Table."""

    kind: str = ""
    metadata: PageMeta = PageMeta()
    column_definitions: tuple[Column, ...] = ()
    rows: list[Row[T]] | None = None


class Version(Kube, frozen=True):
    """What /version says."""

    git_version: str = ""


class Status(Kube, frozen=True):
    """meta/v1 Status: why the server did not do it."""

    kind: str = ""
    reason: str = ""
    message: str = ""


# client-go's words for a response without a Status (apimachinery, NewGenericServerResponse).
GENERIC = {
    400: ("BadRequest", "the server rejected our request for an unknown reason"),
    401: ("Unauthorized", "Unauthorized"),
    403: ("Forbidden", "the server does not allow access to the requested resource"),
    404: ("NotFound", "the server could not find the requested resource"),
    405: (
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
    ),
    410: ("Expired", "the requested version of the list is gone"),
    429: (
        "TooManyRequests",
        "the server has received too many requests and has asked us to try again later",
    ),
    503: ("ServiceUnavailable", "the server is currently unable to handle the request"),
    504: ("Timeout", "the server was unable to return a response in the time allotted"),
}
HINTS = {
    401: "the token or client certificate is wrong or has expired: log in again",
    410: "the list changes faster than it can be read: try again",
    429: "it is overloaded: try again later",
    503: "it is starting, stopping or overloaded: try again later",
    504: "it is overloaded: try again later",
}
LONGEST_HEAD = 4096  # bytes of a list in front of its items
HINT_PROXY = "is there a proxy or a login page in between?"
HTTPS_WANTED = "Client sent an HTTP request to an HTTPS server."

_decoders: dict[object, msgspec.json.Decoder[Any]] = {}


def page_of(form: type[T], response: Response) -> Page[T]:
    """One page of a list of such objects."""
    generic: Any = Page
    page: Page[T] = _decoded(response, generic[form])
    return page


def next_page(response: Response) -> str:
    """Where the next page starts, as the list's metadata say in front of its items; empty where they do not."""
    head, found, _ = response.body[:LONGEST_HEAD].partition(b',"items":[')
    if not found:
        return ""
    try:
        return msgspec.json.decode(head + b"}", type=Page).metadata.next
    except msgspec.DecodeError:
        return ""


def table_of(
    form: type[T], row: Callable[[Mapping[str, Any], T], T], response: Response
) -> Page[T]:
    """The same of a table, or of a plain list where the server has made none; LookupError for a table
    without a column that `row` needs.
    """
    generic: Any = Table
    table: Table[T] = _decoded(response, generic[form])
    if table.kind != "Table":
        return page_of(form, response)
    names = [column.name for column in table.column_definitions]
    rows = table.rows or ()
    items = [row(dict(zip(names, each.cells, strict=False)), each.object) for each in rows]
    return Page(table.metadata, items)


def object_of(form: type[T], response: Response) -> T:
    """The one object of a response."""
    decoded: T = _decoded(response, form)
    return decoded


def refusal(response: Response, question: str) -> ServerError:
    """The server's no to a question such as `get nodes`."""
    code = response.status
    if 300 <= code < 400:
        return _redirect(response)
    if response.body.startswith(HTTPS_WANTED.encode()):
        hint = "the kubeconfig's server should start with https://"
        return ServerError(code, "BadRequest", HTTPS_WANTED.rstrip("."), hint)
    status = _status(response)
    reason, message = GENERIC.get(code, ("", ""))
    if not message:
        text = status.message or _start(response)
        message = f"an error on the server ({text}) has prevented the request from succeeding"
        reason = "InternalError" if code >= 500 else ""
    message = status.message or f"{message} ({question})"
    if code == 401:
        message = "You must be logged in to the server (Unauthorized)"
    return ServerError(code, status.reason or reason, message, HINTS.get(code, ""))


def _redirect(response: Response) -> ServerError:
    place = response.headers.get("location", "")
    message = f'the server redirects to "{place}", and redirects are not followed'
    return ServerError(response.status, "", message, HINT_PROXY)


def _status(response: Response) -> Status:
    try:
        status = msgspec.json.decode(response.body, type=Status)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Status()
    return status if status.kind == "Status" else Status()


def _decoded(response: Response, form: Any) -> Any:
    decoder = _decoders.get(form)
    if decoder is None:
        decoder = _decoders[form] = msgspec.json.Decoder(form)
    try:
        return decoder.decode(response.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as err:
        kind = response.headers.get("content-type", "no content type")
        message = f"not the JSON that was asked for, but {kind} that starts with {_start(response)}"
        raise ServerError(response.status, "", f"{message}: {err}", HINT_PROXY) from err


def _start(response: Response) -> str:
    return f'"{response.body[:80].decode("utf-8", "replace").strip()}"'
