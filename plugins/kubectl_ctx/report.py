"""Contexts → a table, and → a document."""

from collections.abc import Sequence

from kubectl_ctx.details import ContextDetails
from kubectl_fieldkit.envelope import Envelope
from kubectl_fieldkit.output import Cell, Report, Table

HEADERS = ("CURRENT", "NAME", "CLUSTER", "USER", "NAMESPACE", "SERVER", "EXPIRES", "FILE")


class ContextList(Envelope, frozen=True, kw_only=True):
    """What `kubectl ctx -o json` prints."""

    kind: str = "ContextList"
    items: list[ContextDetails]


def report(contexts: Sequence[ContextDetails]) -> Report:
    """The contexts in all forms."""
    return Report(
        blocks=lambda: [Table(HEADERS, [_row(context) for context in contexts])],
        document=lambda: ContextList(server_version="", incomplete=[], items=list(contexts)),
        names=lambda: [context.name for context in contexts],
    )


def _row(context: ContextDetails) -> list[str | Cell]:
    style = "yellow" if context.current else ""
    expires = context.expires or (f"by {context.expires_from}" if context.expires_from else "")
    expires = expires if context.expires or context.expires_from == "exec plugin" else ""
    return [
        "*" if context.current else "",
        Cell(context.name, style),
        context.cluster,
        context.user,
        context.namespace or "default",
        context.server,
        expires,
        context.origin,
    ]
