"""Level by version: which workloads each version refuses, and what a newer server breaks."""

from collections.abc import Iterable, Sequence

from kubectl_fieldkit.envelope import Document
from kubectl_psa_audit.evaluate import NEWEST, evaluate
from kubectl_psa_audit.levels import LATEST, Level, LevelVersion, Version
from kubectl_psa_audit.replicas import alike
from kubectl_psa_audit.subjects import Subject

JUDGED = (Level.BASELINE, Level.RESTRICTED)


class Break(Document, frozen=True):
    """A reason for which this version refuses what the version before it admits."""

    level: str
    reason: str
    items: list[str]


class MatrixRow(Document, frozen=True):
    """One version: the highest level that all meet, who is refused at each, what is newly refused."""

    version: str
    role: str
    highest: str
    baseline: list[str]
    restricted: list[str]
    breaks: list[Break]


def versions(pin: Version, server: Version) -> list[tuple[Version, str]]:
    """The pin, the server's latest, and the minors that come after it, as far as rules are known."""
    rows = {pin: "pin"} if pin != LATEST and pin < server else {}
    rows[server] = "server"
    for minor in range(server.minor + 1, NEWEST.minor + 1):
        rows[Version(minor)] = "next"
    return list(rows.items())


def matrix(subjects: Sequence[Subject], pin: Version, server: Version) -> list[MatrixRow]:
    """A row for each of `versions`."""
    rows: list[MatrixRow] = []
    before: dict[tuple[Level, str], set[str]] | None = None
    for version, role in versions(pin, server):
        found = _refused(subjects, version)
        rows.append(_row(version, role, found, before))
        before = found
    return rows


def _refused(subjects: Iterable[Subject], version: Version) -> dict[tuple[Level, str], set[str]]:
    """The reasons of each level, with the workloads that they are about."""
    found: dict[tuple[Level, str], set[str]] = {}
    for subject in subjects:
        for level in JUDGED:
            for reason in _reasons(subject, LevelVersion(level, version)):
                found.setdefault((level, reason), set()).add(f"{subject.kind}/{subject.name}")
    return found


def _reasons(subject: Subject, at: LevelVersion) -> set[str]:
    return {
        violation.reason
        for thing in (subject.template, *(each.pod for each in alike(subject.others)))
        for violation in evaluate(thing.metadata, thing.spec, at)
    }


def _row(
    version: Version,
    role: str,
    found: dict[tuple[Level, str], set[str]],
    before: dict[tuple[Level, str], set[str]] | None,
) -> MatrixRow:
    refused = {
        level: sorted({name for (at, _), names in found.items() if at is level for name in names})
        for level in JUDGED
    }
    met = [level for level in JUDGED if not refused[level]]
    return MatrixRow(
        version=str(version),
        role=role,
        highest=met[-1] if met else Level.PRIVILEGED,
        baseline=refused[Level.BASELINE],
        restricted=refused[Level.RESTRICTED],
        breaks=[] if before is None else _breaks(found, before),
    )


def _breaks(
    found: dict[tuple[Level, str], set[str]], before: dict[tuple[Level, str], set[str]]
) -> list[Break]:
    """What restricted shares with baseline is told once, of baseline."""
    told: dict[str, set[str]] = {}
    breaks = []
    for level in JUDGED:
        for (at, reason), names in sorted(found.items()):
            new = names - before.get((at, reason), set()) - told.get(reason, set())
            if at is level and new:
                told.setdefault(reason, set()).update(new)
                breaks.append(Break(level=level, reason=reason, items=sorted(new)))
    return breaks
