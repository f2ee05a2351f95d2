"""argv → request: `kubectl neat` and `kubectl neat get`."""

import sys
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.manifests import STDIN
from kubectl_fieldkit.options import CONNECTION, SourceFlags, take_connection
from kubectl_fieldkit.verbs import Command
from kubectl_neat.patterns import Pattern

HELP = """What did I really write, without what the cluster added?

Takes live objects and gives back what their author wrote: without server metadata and status, the
API's defaults, and what admission and controllers add. What means something stays, an empty {} too.
Objects come from stdin or files (YAML, JSON, Lists, several documents), or from the cluster: then, or
with --show-managed-fields, what the server allocated is told from what was asked for.
"""
EXAMPLES = """
  kubectl get deploy web -o yaml | kubectl neat    # what is piped in
  kubectl neat deploy/web svc/web                  # from the cluster
  kubectl neat deploy,svc -l app=web -o json       # all that match, as a List
  kubectl neat -f live.yaml                        # a file; its comments stay
  kubectl neat deploy/web --explain                # each field that goes, and why
  kubectl neat deploy/web --verify                 # the server proves it, by dry runs
  kubectl neat get -- deploy web -n shop           # kubectl asks
"""

MODES = ("explain", "diff", "verify")


class NeatenObjects(Struct, frozen=True):
    """Where the objects come from, what is done with them, and in which format; `mode` is one of MODES or empty."""

    words: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    all_namespaces: bool = False
    selector: str = ""
    keep: tuple[Pattern, ...] = ()
    drop: tuple[Pattern, ...] = ()
    definitions: tuple[str, ...] = ()
    mode: str = ""
    format: str = ""
    release: str = ""
    source: SourceFlags = SourceFlags()

    def run(self) -> int:
        """Reads, makes neat, writes."""
        from kubectl_neat.cli.answering import run

        return run(self)


class AskKubectl(Struct, frozen=True):
    """`kubectl get` reads the objects; the rest is the same."""

    values: dict[str, Any]

    def run(self) -> int:
        """kubectl's exit code where it is not 0."""
        import os

        from kubectl_neat.cli.answering import answer_bytes
        from kubectl_neat.cli.get import ask, question

        asked = question(OWN, self.values)
        said = ask(asked, os.environ)
        if said.code:
            return said.code
        return answer_bytes(_build(asked.values | {"words": (), "output": asked.format}), said.data)


OWN = (
    Flag(
        "--keep",
        "Keep these fields: a path, in which * is any key or position.",
        "PATH",
        many=True,
        convert=Pattern.parse,
    ),
    Flag("--drop", "Drop these fields as well.", "PATH", many=True, convert=Pattern.parse),
    Flag("--explain", "Tell each field that goes and why, instead."),
    Flag("--diff", "Show what goes as a diff, instead."),
    Flag("--verify", "Ask the server by dry runs that nothing is lost and nothing left, instead."),
    Flag(
        "--crd",
        "CustomResourceDefinitions whose defaults go.",
        "FILE|DIR",
        name="definitions",
        many=True,
    ),
    Flag("--server-version", "The server's version, where there is no server to ask.", "1.N"),
)
FLAGS = (
    Flag("-f --filename", "These files; - is stdin.", "FILE|DIR|-", name="files", many=True),
    Flag("-A --all-namespaces", "All namespaces, whatever -n says."),
    Flag("-l --selector", "Objects with these labels.", "SEL"),
    Flag(
        "-o --output",
        "One of yaml, json; that of the input if not given.",
        "FORMAT",
        choices=("yaml", "json"),
    ),
    *OWN,
    *CONNECTION,
    Flag("-v --verbose", "Show each request on stderr, without secrets."),
)


def command_line() -> Command:
    """The plugin's own question."""
    return Command(_question, FLAGS, HELP, EXAMPLES, "[TARGET…]", "objects...")


def get_command_line() -> Command:
    """The old way: `kubectl neat get -- ARGS…`."""
    from kubectl_neat.cli.get_flags import with_kubectls

    help_ = "Runs kubectl get with these arguments, and makes its answer neat.\n"
    examples = "\n  kubectl neat get -- deploy web -n shop\n  kubectl neat get pods -A -o json\n"
    return Command(AskKubectl, with_kubectls(OWN), help_, examples, "[--] ARGS…", "objects...")


def _question(values: dict[str, Any]) -> NeatenObjects:
    if not values["words"] and not values["files"] and not values["selector"]:
        if sys.stdin.isatty():
            hint = "kubectl get … -o yaml | kubectl neat, or kubectl neat TARGET, or -f FILE"
            raise UsageError("nothing to make neat", hint)
        values = values | {"files": (STDIN,)}
    if values["files"] and (values["words"] or values["selector"] or values["all_namespaces"]):
        raise UsageError("-f takes objects of files: it goes without TARGET, -l and -A")
    return _build(values)


def _build(values: dict[str, Any]) -> NeatenObjects:
    modes = [mode for mode in MODES if values[mode]]
    if len(modes) > 1:
        raise UsageError(f"--{modes[0]} and --{modes[1]} are two answers: give one")
    return NeatenObjects(
        words=values["words"],
        files=values.get("files", ()),
        all_namespaces=values.get("all_namespaces", False),
        selector=values.get("selector") or "",
        keep=values["keep"],
        drop=values["drop"],
        definitions=values["definitions"],
        mode=modes[0] if modes else "",
        format=values["output"] or "",
        release=values["server_version"] or "",
        source=SourceFlags(take_connection(values), verbose=values.get("verbose", False)),
    )
