"""Who tolerates a taint, as a table and as a document; nothing here reads or writes."""

from collections.abc import Sequence

from kubectl_fieldkit.envelope import Envelope, Incomplete
from kubectl_fieldkit.output import Block, Cell, Report, Table
from kubectl_taints.tolerators import Tolerator

GATE = "with the server's gate TaintTolerationComparisonOperators"


class TaintTolerationReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl taints --who TAINT`."""

    taint: str
    workloads: list[Tolerator]


def of_tolerators(
    taint: str,
    found: Sequence[Tolerator],
    incomplete: Sequence[Incomplete],
    server_version: str,
    wide: bool,
) -> Report:
    """The answer in all its forms."""
    return Report(
        blocks=lambda: _blocks(found, wide),
        document=lambda: TaintTolerationReport(
            kind="TaintTolerationReport",
            server_version=server_version,
            incomplete=list(incomplete),
            taint=taint,
            workloads=list(found),
        ),
        names=lambda: [tolerator.resource for tolerator in found],
    )


def _blocks(found: Sequence[Tolerator], wide: bool) -> list[Block]:
    headers = ("NAMESPACE", "WORKLOAD", *(["PODS"] if wide else []), "BROAD", "THROUGH")
    rows = [
        (
            tolerator.namespace,
            f"{tolerator.kind}/{tolerator.name}",
            *([str(tolerator.pods)] if wide else []),
            Cell("yes", "yellow") if tolerator.broad else "",
            _through(tolerator),
        )
        for tolerator in found
    ]
    return [Table(headers, rows)]


def _through(tolerator: Tolerator) -> str:
    gated = [f"{toleration} ({GATE})" for toleration in tolerator.gated]
    return "; ".join([*tolerator.through, *gated])
