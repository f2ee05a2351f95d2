"""argv → request → answer; one file a verb, loaded when it is asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kubectl_fieldkit.verbs import Command


def _question() -> "Command":
    from kubectl_ns.cli.question import command_line

    return command_line()


def _switch() -> "Command":
    from kubectl_ns.cli.verbs import switch_command_line

    return switch_command_line()


VERBS = {"": _question, "switch": _switch}
