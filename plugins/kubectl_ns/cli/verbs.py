"""argv → request: the verb `switch`, for a namespace whose name is a verb's."""

from typing import Any

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.verbs import Command, Request
from kubectl_ns.cli.question import FLAGS
from kubectl_ns.place import Place

HELP = """Switch to the namespace of exactly this name, be it a verb's.
"""
EXAMPLES = """
  kubectl ns switch switch
  kubectl ns switch shop --context prod
"""
TAKEN = ("force", "context", "dry_run", "request_timeout", "kubeconfig")


def switch_command_line() -> Command:
    """The verb `switch`."""
    flags = tuple(flag for flag in FLAGS if flag.key in TAKEN)
    return Command(_build, flags, HELP, EXAMPLES, "NAME", "namespaces")


def _build(values: dict[str, Any]) -> Request:
    from kubectl_ns.cli.switch import SwitchNamespace

    if len(values["words"]) != 1:
        raise UsageError("switch takes one NAME", 'see "kubectl ns switch --help"')
    place = Place(values["kubeconfig"] or "", values["context"] or "", values["request_timeout"])
    return SwitchNamespace(place, values["words"][0], values["force"], values["dry_run"])
