"""Level by version as a table."""

from collections.abc import Iterable, Iterator, Sequence

from kubectl_fieldkit.output import Block, Heading, Table
from kubectl_psa_audit.matrix import MatrixRow
from kubectl_psa_audit.namespaces import NamespaceFound

HEADERS = ("NAMESPACE", "VERSION", "HIGHEST", "BASELINE REFUSES", "RESTRICTED REFUSES", "BREAKS")
ROLES = {"pin": "pinned", "server": "server's latest", "next": "next"}


def matrix_block(namespaces: Iterable[NamespaceFound]) -> Iterator[Block]:
    """One row for each namespace and version; nothing where no matrix was asked for."""
    rows = [
        (
            space.name,
            f"{row.version} ({ROLES[row.role]})",
            row.highest,
            str(len(row.baseline)),
            str(len(row.restricted)),
            _breaks(row),
        )
        for space in namespaces
        for row in space.matrix or ()
    ]
    if rows:
        yield Heading("Level by version")
        yield Table(HEADERS, rows)


def _breaks(row: MatrixRow) -> str:
    return "; ".join(f"{each.level}: {each.reason} ({_few(each.items)})" for each in row.breaks)


def _few(names: Sequence[str]) -> str:
    return (
        ", ".join(names) if len(names) < 4 else f"{', '.join(names[:3])} and {len(names) - 3} more"
    )
