"""argv → request: `kubectl ctx`, as kubectx's users type it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kubectl_ctx.cli.options import CASCADE, DRY_RUN, FILES, NAMESPACE, check_namespace
from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.verbs import Command, Request

if TYPE_CHECKING:
    from kubectl_fieldkit.completion.choices import Choice
    from kubectl_fieldkit.completion.line import Cursor
    from kubectl_fieldkit.completion.patience import Patience
    from kubectl_fieldkit.options import OutputFlags

HELP = """Switch contexts: the list, on a terminal to pick from; or the context named.

Only the bytes that say so are changed in a kubeconfig, under kubectl's own lock and in one step. In a
--shell nothing is changed but what that shell sees. Names that look like something else (a=b, rename)
are taken as they are by the verbs switch, rename and delete.
"""
EXAMPLES = """
  kubectl ctx                       # pick one; the list, where there is no terminal
  kubectl ctx prod                  # switch
  kubectl ctx prod -n shop          # and set its namespace; -n alone: that of the current context
  kubectl ctx -                     # back to the previous one
  kubectl ctx new=old               # rename; new=. renames the current one
  kubectl ctx -d old older          # delete; . is the current one, no name at all picks
  kubectl ctx -d old --cascade      # with its cluster and user, where nothing else refers to them
  kubectl ctx -c                    # the current one
  kubectl ctx -u                    # have none
  kubectl ctx -s prod               # a shell in which it is prod, and nowhere else
  kubectl ctx -o wide               # with server, user, file and expiry
  kubectl ctx --check --all         # which work, which version, who am I; one where it is named
  kubectl ctx prod --dry-run        # what would change, as a diff
"""


def _duration(text: str) -> float:
    from kubectl_fieldkit.options import duration

    if not (seconds := duration(text)):
        raise UsageError("a check has a bound: it is more than 0")
    return seconds


FLAGS = (
    Flag("-c --current", "Show the current context."),
    Flag("-u --unset", "Unset the current context, in whichever files it is."),
    Flag("-d --delete", "Delete these contexts."),
    CASCADE,
    Flag("-s --shell", "Open a shell with this context, for this terminal alone."),
    Flag("--print", "With --shell: print the lines that make the calling shell one."),
    NAMESPACE,
    DRY_RUN,
    *FILES,
    Flag("--check", "Ask the servers of these contexts: reachable, which version, who am I."),
    Flag("--all", "With --check: every context."),
    Flag("--exit-code", "With --check: exit 1 where a context does not work, 2 for an error."),
    Flag(
        "--request-timeout",
        "With --check: how long each step may take, by default 5s.",
        "DURATION",
        convert=_duration,
    ),
    Flag(
        "-o --output",
        "List in one of these formats: table, wide, json, yaml, name, markdown.",
        "FORMAT",
        choices=("table", "wide", "json", "yaml", "name", "markdown"),
    ),
    Flag("--no-headers", "Tables without their header lines."),
    Flag(
        "--color",
        "One of auto, always, never; auto is on a terminal unless NO_COLOR is set.",
        "WHEN",
        choices=("auto", "always", "never"),
        default="auto",
    ),
)
# What is asked, by the flag that asks it: how many words go with it, and which flags.
ASKED: dict[str, tuple[int, tuple[str, ...]]] = {
    "current": (0, ()),
    "unset": (0, ("dry_run",)),
    "delete": (1000, ("cascade", "dry_run")),
    "shell": (1, ("print", "namespace")),
    "check": (1000, ("all", "exit_code", "request_timeout", "output", "no_headers")),
}
LIST = (0, ("output", "no_headers"))
SWITCH = (1, ("namespace", "dry_run"))
GOES_WITH = {
    "cascade": "--cascade goes with -d",
    "print": "--print goes with --shell",
    "namespace": "-n goes with a switch or --shell",
    "dry_run": "--dry-run goes with what changes a file",
    "all": "--all goes with --check",
    "exit_code": "--exit-code goes with --check",
    "request_timeout": "--request-timeout goes with --check",
    "output": "-o goes with the list and --check",
    "no_headers": "--no-headers goes with the list and --check",
}


def command_line() -> Command:
    """The plugin's own question."""
    usage = "[NAME | - | NEW=OLD]"
    return Command(_build, FLAGS, HELP, EXAMPLES, usage, "contexts...", more=_renamed)


def _renamed(cursor: "Cursor", environ: Mapping[str, str], _patience: "Patience") -> list["Choice"]:
    """The contexts behind the `=` of `NEW=OLD`."""
    new, equals, _ = cursor.text.partition("=")
    if cursor.words or not equals or any(cursor.values[question] for question in ASKED):
        return []
    from kubectl_fieldkit.completion.choices import is_plain, of_names
    from kubectl_fieldkit.completion.kubeconfigs import names_in_kubeconfigs

    names = names_in_kubeconfigs("contexts", cursor.values["kubeconfig"] or "", environ)
    return of_names(names, f"{new}=") if is_plain(new) else []


def _build(values: dict[str, Any]) -> Request:
    words, asked = values["words"], [name for name in ASKED if values[name]]
    if len(asked) > 1:
        raise UsageError(f"--{asked[0]} and --{asked[1]} ask different things: give one")
    question = asked[0] if asked else ""
    lists = values["output"] is not None or values["no_headers"]
    most, flags = ASKED[question] if question else LIST if lists and not words else SWITCH
    if len(words) > most:
        raise UsageError(f'unexpected argument "{words[most]}"', 'see "kubectl ctx --help"')
    for name, reason in GOES_WITH.items():
        if values[name] not in (None, False) and name not in flags:
            raise UsageError(reason)
    if values["namespace"] is not None:
        check_namespace(values["namespace"])
    return _asked(question, values) if question else _switch(values, lists)


def _asked(question: str, values: dict[str, Any]) -> Request:
    name, kubeconfig = next(iter(values["words"]), ""), values["kubeconfig"]
    match question:
        case "current":
            from kubectl_ctx.cli.current import ShowCurrent

            return ShowCurrent(kubeconfig)
        case "unset":
            from kubectl_ctx.cli.unset import UnsetContext

            return UnsetContext(kubeconfig, values["dry_run"])
        case "delete":
            from kubectl_ctx.cli.delete import DeleteContexts

            return DeleteContexts(values["words"], values["cascade"], kubeconfig, values["dry_run"])
        case "check":
            return _check(values)
        case _:
            from kubectl_ctx.cli.shell import OpenShell

            return OpenShell(name, values["namespace"] or "", values["print"], kubeconfig)


def _check(values: dict[str, Any]) -> Request:
    from kubectl_ctx.cli.check import CheckContexts

    words, every = values["words"], values["all"]
    if words and every:
        raise UsageError("--all goes with no NAME")
    timeout, files = values["request_timeout"] or 5.0, values["kubeconfig"]
    return CheckContexts(words, every, timeout, values["exit_code"], files, _output(values))


def _switch(values: dict[str, Any], lists: bool) -> Request:
    name, kubeconfig = next(iter(values["words"]), ""), values["kubeconfig"]
    if lists:
        from kubectl_ctx.cli.list import ListContexts

        return ListContexts(kubeconfig, _output(values))
    if renaming := rename_syntax(name):
        from kubectl_ctx.cli.rename import RenameContext

        if values["namespace"]:
            raise UsageError("-n goes with a switch or --shell")
        new, old = renaming
        return RenameContext(old, new, kubeconfig, values["dry_run"], typed=name)
    from kubectl_ctx.cli.switch import SwitchContext

    if name or values["namespace"]:
        return SwitchContext(name, values["namespace"] or "", kubeconfig, values["dry_run"])
    if values["words"]:
        raise UsageError("a context's name is not empty")
    from kubectl_ctx.cli.pick import PickContext

    return PickContext(kubeconfig, values["dry_run"], _output(values))


def rename_syntax(word: str) -> tuple[str, str] | None:
    """New and old of `NEW=OLD`; a word with other than one `=`, or nothing on a side, is a name."""
    new, _, old = word.partition("=")
    return (new, old) if new and old and "=" not in old else None


def _output(values: dict[str, Any]) -> "OutputFlags":
    from kubectl_fieldkit.options import OutputFlags

    return OutputFlags(values["output"] or "table", not values["no_headers"], values["color"])
