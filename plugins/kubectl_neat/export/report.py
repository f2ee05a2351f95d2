"""What an export says of itself: for people, and as a document."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from shlex import quote

from kubectl_fieldkit.envelope import Envelope
from kubectl_fieldkit.output import Block, Code, Heading, Report, Table
from kubectl_neat.export.exporting import Exported
from kubectl_neat.export.items import ExportedFile, LeftOut, NotWritten
from kubectl_neat.export.left_out.never import NEVER_WRITTEN
from kubectl_neat.export.places import CRDS, namespace_folder

SHOWN = 3  # names of a row, where there are more


class NeatExport(Envelope, frozen=True, kw_only=True):
    """`kubectl neat export -o json`."""

    folder: str
    namespace: str
    apply: list[str]
    files: list[ExportedFile]
    left_out: list[LeftOut]
    not_written: list[NotWritten]
    gone: list[str]


def report(done: Exported, folder: str, namespace: str, version: str, *, wide: bool) -> Report:
    """The answer in all its forms; `folder` is the one that the files' paths are relative to."""
    commands = apply_commands(done, folder, namespace)

    def document() -> NeatExport:
        return NeatExport(
            kind="NeatExport",
            server_version=version,
            incomplete=done.unread,
            folder=folder,
            namespace=namespace,
            apply=commands,
            files=done.files,
            left_out=done.left_out,
            not_written=done.not_written,
            gone=done.gone,
        )

    return Report(
        lambda: list(_blocks(done, folder, commands, wide)),
        document,
        lambda: [f"{folder}/{file.path}" for file in done.files],
    )


def apply_commands(done: Exported, folder: str, namespace: str) -> list[str]:
    """How the files are applied; custom objects need that their kinds are there before kubectl starts."""
    if not done.files:
        return []
    apply = "kubectl apply --server-side" if done.large else "kubectl apply"
    whole = f"{folder}/{namespace_folder(namespace)}" if namespace else folder
    has_crds = any(file.path.startswith(f"{CRDS}/") for file in done.files)
    crds = [f"{apply} -f {quote(f'{folder}/{CRDS}')}"] if has_crds else []
    return [*crds, f"{apply} -R -f {quote(whole)}"]


def _blocks(done: Exported, folder: str, commands: Sequence[str], wide: bool) -> Iterator[Block]:
    written = sum(file.state == "written" for file in done.files)
    yield f"{_files(len(done.files))} in {folder}: {written} written, {len(done.files) - written} unchanged"
    yield _files_table(done.files) if wide else _counts_table(done.files)
    if done.left_out:
        objects = [each for each in done.left_out if each.rule != NEVER_WRITTEN]
        yield Heading("Left out")
        yield _left_out_wide(objects) if wide else _left_out_table(objects)
        kinds = dict.fromkeys(each.kind for each in done.left_out if each.rule == NEVER_WRITTEN)
        yield f"and, not even read, what no user writes: {', '.join(kinds)}" if kinds else ""
    if done.unread:
        yield Heading("Could not be read")
        rows = [(each.resource, each.reason) for each in done.unread]
        yield Table(("RESOURCE", "REASON"), rows)
    if done.not_written:
        yield Heading("Not written")
        yield Table(("FILE", "REASON"), [(each.path, each.reason) for each in done.not_written])
    if done.gone:
        yield Heading("Files whose objects are gone; they are left as they are")
        yield Table(("FILE",), [(place,) for place in done.gone])
    if commands:
        yield Heading("Apply")
        yield Code("\n".join(commands), "sh")


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _counts_table(files: Iterable[ExportedFile]) -> Table:
    """In the order they are applied in, which is the files' own."""
    counts: dict[str, Counter[str]] = {}
    for file in sorted(files, key=lambda file: file.path.rpartition("/")[2]):
        counts.setdefault(_kind(file), Counter())[file.state] += 1
    rows = [
        (kind, str(count.total()), str(count["written"]), str(count["unchanged"]))
        for kind, count in counts.items()
    ]
    return Table(("KIND", "FILES", "WRITTEN", "UNCHANGED"), rows)


def _files_table(files: Iterable[ExportedFile]) -> Table:
    return Table(("FILE", "STATE"), [(file.path, file.state) for file in files])


def _kind(item: ExportedFile | LeftOut) -> str:
    group = item.api_version.rpartition("/")[0]
    return f"{item.kind}.{group}" if group else item.kind


def _left_out_wide(items: Iterable[LeftOut]) -> Table:
    rows = [(each.namespace, _kind(each), each.name or "all", each.reason) for each in items]
    return Table(("NAMESPACE", "KIND", "NAME", "REASON"), rows)


def _left_out_table(items: Iterable[LeftOut]) -> Table:
    """One row for a kind and a rule."""
    groups: dict[tuple[str, str], list[LeftOut]] = {}
    for item in items:
        groups.setdefault((_kind(item), item.rule), []).append(item)
    rows = [
        (kind, _some([each.name or "all" for each in group]), _reason(group))
        for (kind, _), group in groups.items()
    ]
    return Table(("KIND", "NAMES", "REASON"), rows)


def _reason(group: Sequence[LeftOut]) -> str:
    """Their common one; where each has its own, those of the first."""
    owners = [each.owner for each in group if each.owner]
    if owners and group[0].rule == "owned":
        return f"owned by {_some(owners)}"
    reasons = list(dict.fromkeys(each.reason for each in group))
    return reasons[0] if len(reasons) == 1 else f"{reasons[0]} (and others: see -o wide)"


def _some(texts: Sequence[str]) -> str:
    """The first few, each once, and how many more there are."""
    distinct = list(dict.fromkeys(texts))
    more = len(distinct) - SHOWN
    return ", ".join(distinct[:SHOWN]) + (f" and {more} more" if more > 0 else "")
