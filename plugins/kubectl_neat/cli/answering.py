"""request → answer: `kubectl neat`."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.errors import FieldkitError, UsageError
from kubectl_fieldkit.manifests import STDIN
from kubectl_neat.cli.question import NeatenObjects
from kubectl_neat.cli.release import release_of
from kubectl_neat.crds import Schemas
from kubectl_neat.documents import Text, items, parse, read_texts
from kubectl_neat.neat_text import NeatObject, NeatText, neat_text
from kubectl_neat.neating import Known

if TYPE_CHECKING:
    from kubectl_fieldkit.cluster.server import ApiServer


class _Read(Struct, frozen=True):
    """The texts, and the server where one is asked; `errors` are targets that gave nothing."""

    texts: Sequence[Text]
    server: "ApiServer | None" = None
    errors: Sequence[FieldkitError] = ()


def run(request: NeatenObjects) -> int:
    """1 where a target gave nothing, or where --verify finds something."""
    with _read(request) as read:
        return _answer(request, read)


def answer_bytes(request: NeatenObjects, data: bytes) -> int:
    """The same for what kubectl printed."""
    if request.mode != "verify":
        return _answer(request, _Read([parse(STDIN, data)]))
    with _opened(request) as server:
        return _answer(request, _Read([parse(STDIN, data)], server))


@contextmanager
def _read(request: NeatenObjects) -> Iterator[_Read]:
    if request.files and request.mode != "verify":
        yield _Read(read_texts(request.files))
        return
    with _opened(request) as server:
        if request.files:
            yield _Read(read_texts(request.files), server)
        else:
            yield _of_cluster(request, server)


@contextmanager
def _opened(request: NeatenObjects) -> Iterator["ApiServer"]:
    from kubectl_fieldkit.source import open_cluster

    if request.release:
        raise UsageError("--server-version stands in for a server", "it goes with files and pipes")
    with open_cluster(request.source) as server:
        yield server


def _of_cluster(request: NeatenObjects, server: "ApiServer") -> _Read:
    from kubectl_neat.gather import gather

    found = gather(
        server,
        request.words,
        namespace=request.source.connection.namespace,
        all_namespaces=request.all_namespaces,
        selector=request.selector,
    )
    for group in found.away:
        entry.tell(f"warning: not asked: {group}")
    if not found.objects and not found.errors:
        entry.tell("No resources found")
    listed = {"apiVersion": "v1", "items": list(found.objects), "kind": "List"}
    document: Any = found.objects[0] if found.single else listed
    return _Read([Text("the cluster", (document,))], server, found.errors)


def _answer(request: NeatenObjects, read: _Read) -> int:
    schemas = _schemas(request, read)
    version = read.server.server_version if read.server else request.release
    known = Known(release_of(version), schemas.find, request.keep, request.drop)
    texts = [neat_text(text, known) for text in read.texts]
    objects = [each for text in texts for each in text.objects]
    code = _write(request, read, texts, objects, known)
    _talk(objects, schemas)
    for error in read.errors:
        entry.tell(error.line)
    return 1 if read.errors else code


def _schemas(request: NeatenObjects, read: _Read) -> Schemas:
    given = read_texts(request.definitions) if request.definitions else []
    trees = [
        item.tree for text in (*given, *read.texts) for doc in text.documents for item in items(doc)
    ]
    return Schemas(trees, read.server.openapi_schemas if read.server else None)


def _write(
    request: NeatenObjects,
    read: _Read,
    texts: list[NeatText],
    objects: list[NeatObject],
    known: Known,
) -> int:
    if request.mode == "verify":
        from kubectl_neat.verify_report import report
        from kubectl_neat.verifying import verify

        assert read.server
        results = verify(read.server, objects, known)
        _emit(report(results, read.server.server_version), request.format)
        return 0 if all(result.is_good for result in results) else 1
    if request.mode == "explain":
        from kubectl_neat.explaining import explain

        version = read.server.server_version if read.server else ""
        _emit(explain(objects, version), request.format)
    elif request.mode == "diff":
        from kubectl_neat.explaining import diff

        output.write(diff(objects), sys.stdout)
    else:
        from kubectl_neat.emitting import emit

        form = request.format or ("json" if all(text.is_json for text in read.texts) else "yaml")
        output.write(emit(texts, form, entry.tell), sys.stdout)
    return 0


def _emit(report: output.Report, form: str) -> None:
    output.write(output.render(report, form or "table", entry.screen("auto")), sys.stdout)


def _owner(references: Sequence[object]) -> str:
    """The one that controls the object, else the first; empty where there is none."""
    owners = [owner for owner in references if isinstance(owner, dict)]
    owners.sort(key=lambda owner: not owner.get("controller"))
    return next((f"{str(o.get('kind')).lower()}/{o.get('name')}" for o in owners), "")


def _talk(objects: Sequence[NeatObject], schemas: Schemas) -> None:
    """What the user must know and stdout does not say."""
    owned: dict[str, list[str]] = {}
    for each in objects:
        for removal in each.neat.removed:
            if removal.path == ("metadata", "ownerReferences") and isinstance(removal.value, list):
                from kubectl_neat.explaining import title

                owner = _owner(removal.value)
                owned.setdefault(owner, []).append(str(title(each.before)))
    owned.pop("", None)
    for owner, names in owned.items():
        rest = f" and {len(names) - 1} more" if len(names) > 1 else ""
        entry.tell(
            f"warning: {names[0]}{rest}: owned by {owner}, which may make such objects by itself"
        )
    for api_version, kind in sorted(schemas.unknown):
        entry.tell(
            f"warning: the defaults of {kind} ({api_version}) are not known (--crd gives them)"
        )
