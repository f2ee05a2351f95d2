"""The export itself: each kind is read, decided on and written; then what earlier runs have left is named."""

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.json import encode

from kubectl_fieldkit.cluster.discovery import ApiResource, Away
from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.yaml_emission import to_yaml
from kubectl_neat.export import places
from kubectl_neat.export.folder import File, Folder, NotOurs
from kubectl_neat.export.gather import Kind, away, look_around
from kubectl_neat.export.items import ExportedFile, LeftOut, NotWritten
from kubectl_neat.export.left_out.garbage_collector import owner_of
from kubectl_neat.export.left_out.never import NEVER, NEVER_WRITTEN
from kubectl_neat.export.left_out.rule import Candidate, Surroundings, Tree
from kubectl_neat.export.left_out.rules import SECRET, Verdict, left_out

Neat = Callable[[Tree], Tree]

# kubectl apply keeps the whole object in an annotation, and annotations have 256 KiB together.
LARGEST_APPLIED = 250_000


class Exported(Struct, frozen=True):
    """What an export did; `gone` are files of earlier runs whose objects are no longer there.

    `large` are files that only a server-side apply can take.
    """

    files: list[ExportedFile]
    left_out: list[LeftOut]
    not_written: list[NotWritten]
    unread: list[Incomplete]
    gone: list[str]
    large: list[str]

    @property
    def complete(self) -> bool:
        """Whether all that should be there is."""
        return not self.not_written and not self.unread


class Export:
    """One run, kind by kind; FieldkitError where it must end before all is written."""

    def __init__(self, folder: Folder, neat: Neat, *, secrets: bool) -> None:
        self._folder = folder
        self._neat = neat
        self._secrets = secrets
        self._around = Surroundings(set(), set())
        self._seen: set[str] = set()  # uids: an object may be served by two groups
        self._kept: set[str] = set()  # places whose objects are there, exported or not
        self._unread: list[str] = []  # what the files of kinds that were not read begin with
        self._away: list[str] = []  # groups whose kinds are not known
        self._done = Exported([], [], [], [], [], [])

    def add(self, kind: Kind) -> None:
        """Writes the kind's objects, or notes why they have no files."""
        look_around(self._around, kind)
        if kind.unread:
            self._unread.append(places.prefix_of(kind.resource))
            if kind.resource.full_name == "secrets" and not self._secrets:
                self._leave_out(kind.resource, None, SECRET)
            else:
                self._done.unread.append(kind.unread)
        for tree in kind.trees:
            candidate = Candidate(kind.resource.group, kind.resource.kind, tree)
            uid = candidate.meta.get("uid")
            if uid not in self._seen:
                self._seen.update([uid] if uid else [])
                self._object(kind.resource, candidate)

    def add_away(self, missing: Away) -> None:
        """Notes an API that does not answer, so that its kinds are not known."""
        self._done.unread.append(away(missing))
        self._away.append(missing.api_version.rpartition("/")[0])

    def add_never(self, resource: ApiResource) -> None:
        """Notes a kind that is not read."""
        reason = NEVER[resource.group, resource.kind]
        self._leave_out(resource, None, Verdict(NEVER_WRITTEN, reason))

    def end(self, covered: Iterable[str]) -> Exported:
        """All that was done, sorted; what is left of earlier runs is looked for in these folders."""
        done = self._done
        old = [place for folder in covered for place in self._folder.files(folder)]
        done.gone.extend(place for place in old if not self._may_be_there(place))
        done.files.sort(key=lambda file: file.path)
        done.left_out.sort(
            key=lambda each: (each.kind, each.api_version, each.namespace, each.name)
        )
        done.not_written.sort(key=lambda each: each.path)
        done.unread.sort(key=lambda each: each.resource)
        return done

    def _object(self, resource: ApiResource, candidate: Candidate) -> None:
        place = places.place_of(resource, candidate.namespace, candidate.name)
        self._kept.add(place)
        verdict = left_out(candidate, self._around, self._secrets)
        if verdict:
            self._leave_out(resource, candidate, verdict)
            return
        try:
            self._write(resource, candidate, place)
        except NotOurs as err:
            self._fail(candidate, place, err)

    def _write(self, resource: ApiResource, candidate: Candidate, place: str) -> None:
        tree = self._neat(candidate.tree)
        try:
            text = to_yaml(tree)
        except FieldkitError as err:
            self._fail(candidate, place, err)
            return
        private = candidate.is_a("", "Secret")
        state = self._folder.put(File(place, tree, text, private))
        if len(text) > LARGEST_APPLIED // 2 and len(encode(tree)) > LARGEST_APPLIED:
            self._done.large.append(place)
        self._done.files.append(
            ExportedFile(
                path=place,
                api_version=resource.api_version,
                kind=candidate.kind,
                namespace=candidate.namespace,
                name=candidate.name,
                state=state,
            )
        )

    def _fail(self, candidate: Candidate, place: str, err: FieldkitError) -> None:
        self._done.not_written.append(
            NotWritten(
                path=place,
                kind=candidate.kind,
                namespace=candidate.namespace,
                name=candidate.name,
                reason=str(err),
            )
        )

    def _leave_out(
        self, resource: ApiResource, candidate: Candidate | None, verdict: Verdict
    ) -> None:
        self._done.left_out.append(
            LeftOut(
                api_version=resource.api_version,
                kind=resource.kind,
                namespace=candidate.namespace if candidate else "",
                name=candidate.name if candidate else "",
                rule=verdict.rule,
                reason=verdict.reason,
                owner=owner_of(candidate) if candidate else "",
            )
        )

    def _may_be_there(self, place: str) -> bool:
        """Whether the object of a file was seen, or could not be."""
        name = place.rpartition("/")[2]
        return (
            place in self._kept
            or any(name.startswith(prefix) for prefix in self._unread)
            or any(places.may_be_of_group(place, group) for group in self._away)
        )
