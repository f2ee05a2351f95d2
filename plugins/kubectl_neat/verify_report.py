"""--verify as a table and as a document."""

from collections.abc import Iterator, Sequence

from kubectl_fieldkit.envelope import Document, Envelope
from kubectl_fieldkit.output import Block, Cell, Report, Table
from kubectl_neat.explaining import title
from kubectl_neat.verifying import Verified

KIND = "NeatVerification"


class VerifiedObject(Document, frozen=True):
    """One object: `verdict` is proven, lost, left or unknown, with the paths or the reason."""

    api_version: str
    kind: str
    namespace: str
    name: str
    verdict: str
    lost: list[str]
    left: list[str]
    reason: str


class NeatVerification(Envelope, frozen=True, kw_only=True):
    """The document of --verify."""

    objects: list[VerifiedObject]


def report(results: Sequence[Verified], server_version: str) -> Report:
    """What the server says of each object."""
    return Report(
        lambda: list(_blocks(results)),
        lambda: NeatVerification(
            kind=KIND,
            server_version=server_version,
            incomplete=[],
            objects=[_object(result) for result in results],
        ),
        lambda: [f"{title(r.before).kind.lower()}/{title(r.before).name}" for r in results],
    )


def _blocks(results: Sequence[Verified]) -> Iterator[Block]:
    rows: list[list[str | Cell]] = []
    for result in results:
        verdict = _verdict(result)
        style = {"proven": "green", "unknown": "yellow"}.get(verdict, "red")
        rows.append([str(title(result.before)), Cell(verdict.upper(), style), _details(result)])
    yield Table(("OBJECT", "VERDICT", "DETAILS"), rows)


def _verdict(result: Verified) -> str:
    if result.unknown:
        return "unknown"
    return "lost" if result.lost else "left" if result.left else "proven"


def _details(result: Verified) -> str:
    if result.unknown:
        return f"a dry run cannot tell: {result.unknown}"
    parts = [f"lost {path}" for path in result.lost] + [f"left {path}" for path in result.left]
    return ", ".join(parts) or "the server makes the same object of it, and of nothing less"


def _object(result: Verified) -> VerifiedObject:
    name = title(result.before)
    return VerifiedObject(
        api_version=str(result.before.get("apiVersion")),
        kind=name.kind,
        namespace=name.namespace,
        name=name.name,
        verdict=_verdict(result),
        lost=list(result.lost),
        left=list(result.left),
        reason=result.unknown,
    )
