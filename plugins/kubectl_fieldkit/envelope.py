"""What every JSON answer of fieldkit is wrapped in."""

from typing import Literal, TypeVar

from msgspec import Struct

from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.reading import NotRecorded, Refused, Request

T = TypeVar("T", bound=KubeObject)

Certainty = Literal["observed", "configured", "inferred", "unknown"]


class Document(Struct, rename="camel", frozen=True):
    """Base of every value that reaches JSON: names in camel case, nothing left out."""


class Incomplete(Document, frozen=True):
    """A read that gave nothing, and the parts of the answer that are unknown without it."""

    verb: str
    resource: str
    namespace: str
    affects: list[str]
    reason: str
    settled_by: str


class Envelope(Document, frozen=True, kw_only=True):
    """The first keys of every document; `server_version` is empty where no server said it."""

    api_version: str = "fieldkit/v1"
    kind: str
    server_version: str
    incomplete: list[Incomplete]


def unread(request: Request[T], answer: Refused | NotRecorded, affects: list[str]) -> Incomplete:
    """What a refused or unrecorded request makes unknown, and what would settle it."""
    resource = request.resource.plural
    if isinstance(answer, Refused):
        reason, settled_by = answer.message, f"the right to {request.verb} {resource}"
    else:
        reason, settled_by = "the snapshot did not record them", f"a snapshot with {resource}"
    return Incomplete(
        verb=request.verb,
        resource=resource,
        namespace=request.namespace,
        affects=affects,
        reason=reason,
        settled_by=settled_by,
    )
