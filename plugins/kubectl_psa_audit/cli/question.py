"""argv → request: `kubectl psa-audit`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.options import SOURCE, OutputFlags, SourceFlags, take_output, take_source
from kubectl_fieldkit.verbs import Command
from kubectl_psa_audit.cli.options import EXIT, OUTPUT_OR_SARIF, SCOPE, check_scope

if TYPE_CHECKING:
    from kubectl_fieldkit.targets import Target
    from kubectl_psa_audit.levels import LevelVersion

HELP = """What does Pod Security refuse here, at which level and version, and what is the fix?

Judges every workload of a namespace: pods and templates, those scaled to zero, suspended Jobs and
CronJobs too, by the rules and in the words of the API server, at the level that the namespace
enforces. With -f it judges manifests and asks no cluster: at the level of the Namespace among them,
else at restricted.

The API server's defaults and exemptions cannot be read through its API: give its own file with
--admission-config, or they are assumed to be those that Kubernetes comes with.
"""
EXAMPLES = """
  kubectl psa-audit                                # the namespace of the context
  kubectl psa-audit -A -o wide                     # everywhere, each offending field
  kubectl psa-audit deploy/web                     # one workload
  kubectl psa-audit -f app.yaml --level restricted # manifests, before they are applied
  kubectl psa-audit --fix                          # the patches that the level asks for
  kubectl psa-audit -A --raise restricted          # what would break, and the command when nothing does
  kubectl psa-audit --matrix                       # by version: what an upgrade breaks
  kubectl psa-audit -f . -o sarif --exit-code      # for CI: 0 nothing found, 1 findings, 2 could not tell
"""


class AuditSecurity(Struct, frozen=True):
    """What to judge, at which level, and what to tell of it.

    `raise_to` and `level` are LEVEL[:VERSION]; a raise without a version keeps the namespace's.
    """

    target: "Target | None" = None
    files: tuple[str, ...] = ()
    all_namespaces: bool = False
    namespace_selector: str = ""
    selector: str = ""
    admission_config: Path | None = None
    level: "LevelVersion | None" = None
    raise_to: "LevelVersion | None" = None
    raises_version: bool = False
    matrix: bool = False
    fix: bool = False
    baseline: Path | None = None
    exit_code: bool = False
    allow_incomplete: bool = False
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """The verdicts."""
        from kubectl_psa_audit.cli.answering import run

        return run(self)


FLAGS = (
    *SCOPE,
    Flag("-l --selector", "Workloads with these labels.", "SEL"),
    Flag(
        "--level",
        "Judge everything at this level, whatever the labels say.",
        "LEVEL[:VERSION]",
    ),
    Flag(
        "--raise",
        "What breaks if enforce is raised; without a version the namespace's stays.",
        "LEVEL[:VERSION]",
    ),
    Flag("--matrix", "Level by version, up to the newest known."),
    Flag("--fix", "The smallest patch for each workload."),
    Flag("--baseline", "Only what is new since this earlier -o json.", "FILE", convert=Path),
    *EXIT,
    *OUTPUT_OR_SARIF,
    *SOURCE,
)


def command_line() -> Command:
    """The plugin's own question."""
    return Command(_build, FLAGS, HELP, EXAMPLES, "[TARGET]", "targets")


def _build(values: dict[str, Any]) -> AuditSecurity:
    source, to = take_source(values), values["raise"] or ""
    _check(values, source)
    return AuditSecurity(
        target=_target(values["words"]),
        files=values["files"],
        all_namespaces=values["all_namespaces"],
        namespace_selector=values["namespace_selector"] or "",
        selector=values["selector"] or "",
        admission_config=values["admission_config"],
        level=_level(values["level"]),
        raise_to=_level(to),
        raises_version=":" in to,
        matrix=values["matrix"],
        fix=values["fix"],
        baseline=values["baseline"],
        exit_code=values["exit_code"],
        allow_incomplete=values["allow_incomplete"],
        source=source,
        output=take_output(values),
    )


def _check(values: dict[str, Any], source: SourceFlags) -> None:
    check_scope(values, source)
    if values["raise"] and values["level"]:
        raise UsageError("--raise is a level of its own: it goes without --level")
    words, selector = values["words"], values["selector"]
    if values["files"] and (words or selector or values["raise"]):
        raise UsageError("-f judges manifests: it takes no TARGET, no selector and no --raise")
    if words and (values["all_namespaces"] or values["namespace_selector"] or selector):
        raise UsageError("a TARGET is in one namespace, and takes no selector")


def _level(text: str) -> "LevelVersion | None":
    """`restricted:1.34` is as good as `restricted:v1.34`."""
    from kubectl_psa_audit.levels import LevelVersion

    return LevelVersion.parse(text.replace(":1.", ":v1.")) if text else None


def _target(words: tuple[str, ...]) -> "Target | None":
    from kubectl_fieldkit.targets import parse_targets

    if not words:
        return None
    targets = parse_targets(words)
    if len(targets) > 1:
        raise UsageError("there can be only one TARGET")
    return targets[0]
