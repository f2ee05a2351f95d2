"""What came of checking contexts → a table, and → a document."""

from collections.abc import Sequence

from kubectl_ctx.checking import ContextCheck
from kubectl_fieldkit.envelope import Envelope
from kubectl_fieldkit.output import Cell, Report, Table

HEADERS = ("NAME", "SERVER", "VERSION", "USER", "STATUS")
STYLES = {"ok": "green", "login needed": "yellow"}


class ContextCheckReport(Envelope, frozen=True, kw_only=True):
    """What `kubectl ctx --check -o json` prints."""

    kind: str = "ContextCheckReport"
    items: list[ContextCheck]


def report_checks(checks: Sequence[ContextCheck]) -> Report:
    """The checks in all forms; their names are those of the contexts that work."""
    return Report(
        blocks=lambda: [Table(HEADERS, [_row(check) for check in checks])],
        document=lambda: ContextCheckReport(server_version="", incomplete=[], items=list(checks)),
        names=lambda: [check.name for check in checks if check.status == "ok"],
    )


def _row(check: ContextCheck) -> list[str | Cell]:
    status = Cell(_status(check), STYLES.get(check.status, "red"))
    current = Cell(check.name, "yellow" if check.current else "")
    return [current, check.server, check.version, check.user, status]


def _status(check: ContextCheck) -> str:
    """`certificate has expired` says both at once."""
    if not check.message or check.message.startswith(f"{check.status} "):
        return check.message or check.status
    return f"{check.status}: {check.message}"
