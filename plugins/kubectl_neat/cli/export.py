"""`kubectl neat export`: argv → request → files and a summary."""

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.options import (
    CONNECTION,
    OUTPUT,
    OutputFlags,
    SourceFlags,
    take_connection,
    take_output,
)
from kubectl_fieldkit.verbs import Command

if TYPE_CHECKING:
    from kubectl_fieldkit.cluster.discovery import Discovery
    from kubectl_fieldkit.cluster.server import ApiServer
    from kubectl_neat.export.exporting import Exported, Neat
    from kubectl_neat.export.gather import Kind

HELP = """Write a namespace as files, one an object, named such that kubectl applies them in the right order.

With -A: all namespaces, and what users make outside of them. Left out, and listed with the reason, is
what has an owner and what the cluster makes by itself. Files are written whole or not at all; one that
says the same already is left alone, and so is one that is no export of its object. Nothing is deleted.

Exit code 1: a kind could not be read, or a file not be written; all others are there.
"""
EXAMPLES = """
  kubectl neat export -n web --output-dir web        # all but Secrets
  kubectl neat export -A --output-dir cluster --secrets
  kubectl apply -R -f web                            # and back
"""

FLAGS = (
    Flag("--output-dir", "The folder of the files; made where it is not there.", "DIR"),
    Flag("-A --all-namespaces", "All namespaces, and what is in none."),
    Flag("--secrets", "Secrets too, in files for their owner alone (0600)."),
    *OUTPUT,
    *CONNECTION,
    Flag("-v --verbose", "Show each request on stderr, without secrets."),
)


class ExportObjects(Struct, frozen=True):
    """Which objects go where."""

    folder: Path
    all_namespaces: bool = False
    secrets: bool = False
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """Writes the files and says what it did; 1 where something is missing."""
        from kubectl_fieldkit.source import open_cluster
        from kubectl_neat.export.report import report

        with open_cluster(self.source) as server:
            namespace = "" if self.all_namespaces else server.namespace
            done = self._export(server, namespace)
            structured = self.output.format in ("json", "yaml")
            version = server.server_version if structured else ""
        wide = self.output.format == "wide"
        answer = report(done, str(self.folder), namespace, version, wide=wide)
        screen = entry.screen(self.output.color)
        text = output.render(answer, self.output.format, screen, self.output.headers)
        output.write(text, sys.stdout)
        _talk(done)
        return 0 if done.complete else 1

    def _export(self, server: "ApiServer", namespace: str) -> "Exported":
        from kubectl_neat.export import places
        from kubectl_neat.export.exporting import Export
        from kubectl_neat.export.folder import opened
        from kubectl_neat.export.resources import kinds_never_read

        discovery = server.discover()
        kinds = _kinds(server, discovery, namespace)
        first = next(kinds, None)  # whether there is such a namespace, before anything is made
        with opened(self.folder) as folder:
            export = Export(folder, _neat_of(server), secrets=self.secrets)
            for missing in discovery.away:
                export.add_away(missing)
            for kind in chain((first,) if first else (), kinds):
                export.add(kind)
            for resource in kinds_never_read(discovery.preferred, cluster=not namespace):
                export.add_never(resource)
            return export.end(places.folders(namespace))


def command_line() -> Command:
    """`kubectl neat export`."""
    return Command(_request, FLAGS, HELP, EXAMPLES)


def _request(values: dict[str, Any]) -> ExportObjects:
    if not values["output_dir"]:
        raise UsageError("--output-dir is required", "the folder that the files go to")
    source = SourceFlags(take_connection(values), verbose=values["verbose"])
    folder, everything = Path(values["output_dir"]), values["all_namespaces"]
    return ExportObjects(folder, everything, values["secrets"], source, take_output(values))


def _kinds(server: "ApiServer", discovery: "Discovery", namespace: str) -> Iterator["Kind"]:
    """The namespace itself where there is one, then kind by kind what is in it, or all there is."""
    from kubectl_fieldkit.cluster.progress import Progress
    from kubectl_neat.export import gather
    from kubectl_neat.export.resources import kinds_to_read

    if namespace:
        own = (each for each in discovery.preferred if each.full_name == "namespaces")
        yield from (gather.read_namespace(server, resource, namespace) for resource in own)
    chosen = kinds_to_read(discovery.preferred, cluster=not namespace)
    yield from gather.read_kinds(server, chosen, namespace, Progress(sys.stderr))


def _neat_of(server: "ApiServer") -> "Neat":
    """Makes objects neat, with the defaults of this server and of its custom resources."""
    from kubectl_neat.cli.release import release_of
    from kubectl_neat.crds import Schemas
    from kubectl_neat.neating import Known, neat

    schemas = Schemas((), server.openapi_schemas)
    known = Known(release_of(server.server_version), schemas.find)
    return lambda tree: neat(tree, known).tree


def _talk(done: "Exported") -> None:
    """What is missing, for who reads only stderr."""
    if done.unread:
        names = ", ".join(each.resource for each in done.unread)
        entry.tell(
            f"error: these could not be read, and are missing: {names} (see docs/rbac/neat.yaml)"
        )
    for each in done.not_written:
        entry.tell(f"error: {each.reason}")
    if done.gone:
        one = len(done.gone) == 1
        files = (
            "1 file of an earlier export has"
            if one
            else f"{len(done.gone)} files of earlier exports have"
        )
        entry.tell(f"warning: {files} no object any more")
