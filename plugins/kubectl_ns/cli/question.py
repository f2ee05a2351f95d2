"""argv → request: `kubectl ns`, as kubens' users type it."""

from typing import Any

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.options import OUTPUT, duration, take_output
from kubectl_fieldkit.output import FORMATS
from kubectl_fieldkit.verbs import Command, Request
from kubectl_ns.place import Place

HELP = """In which namespace am I, and take me there without breaking my kubeconfig.

Lists the namespaces, or sets the namespace of the current context. A name is checked by the cluster
first; without the right to look it up the switch is made and says that it could not verify.
"""
EXAMPLES = """
  kubectl ns                      # pick one; the list, where there is no terminal
  kubectl ns kube-system          # switch
  kubectl ns -                    # back to the one before
  kubectl ns shop -f              # without asking the cluster
  kubectl ns shop --context prod  # in another context
  kubectl ns -u                   # no namespace in the context, which means default
"""
FLAGS = (
    Flag("-c --current", "Print the current namespace."),
    Flag("-u --unset", "Remove the namespace from the context."),
    Flag("-f --force", "Switch without asking the cluster."),
    Flag("--context", "This context, and not the current one.", "NAME", completes="contexts"),
    Flag("--dry-run", "Show the change as a diff, and make none."),
    Flag(
        "--request-timeout",
        "How long the cluster may take, such as 5s; 0 for ever.",
        "DURATION",
        convert=duration,
        default=5.0,
    ),
    Flag(
        "-o --output",
        f"List in one of these formats: {', '.join(FORMATS)}.",
        "FORMAT",
        choices=FORMATS,
    ),
    *(flag for flag in OUTPUT if flag.key != "output"),
    Flag("--kubeconfig", "The kubeconfig file to use, alone.", "FILE"),
)


def command_line() -> Command:
    """The plugin's command line."""
    return Command(_build, FLAGS, HELP, EXAMPLES, "[NAME | -]", "namespaces")


def _build(values: dict[str, Any]) -> Request:
    words, dry_run = values["words"], values["dry_run"]
    place = Place(values["kubeconfig"] or "", values["context"] or "", values["request_timeout"])
    _check(values)
    if values["current"]:
        from kubectl_ns.cli.current import ShowCurrent

        return ShowCurrent(place)
    if values["unset"]:
        from kubectl_ns.cli.unset import Unset

        return Unset(place, dry_run)
    if words:
        from kubectl_ns.cli.switch import SwitchNamespace

        return SwitchNamespace(place, words[0], values["force"], dry_run)
    output = take_output(values | {"output": values["output"] or "table"})
    if _lists(values):
        from kubectl_ns.cli.list import ListNamespaces

        return ListNamespaces(place, output)
    from kubectl_ns.cli.pick import PickNamespace

    return PickNamespace(place, dry_run, output)


def _lists(values: dict[str, Any]) -> bool:
    """Whether the list is asked for, on a terminal too."""
    return values["output"] is not None or values["no_headers"]


def _check(values: dict[str, Any]) -> None:
    if len(values["words"]) > 1:
        raise UsageError("too many arguments")
    if values["current"] and values["unset"]:
        raise UsageError("--current and --unset are two things: give one")
    if values["words"] and (values["current"] or values["unset"]):
        raise UsageError("--current and --unset take no name")
    asks = values["words"] or values["current"] or values["unset"]
    if _lists(values) and (asks or values["dry_run"]):
        raise UsageError("-o and --no-headers go with the list")
    if values["dry_run"] and values["current"]:
        raise UsageError("--dry-run goes with what changes a file")
    if values["force"] and not values["words"]:
        raise UsageError("--force goes with a NAME")
    if values["words"] and not values["words"][0]:
        raise UsageError("the name of a namespace may not be empty")
