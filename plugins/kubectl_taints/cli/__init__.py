"""argv → request → answer; one file a question, loaded when it is asked."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kubectl_fieldkit.verbs import Command


def _question() -> "Command":
    from kubectl_taints.cli.question import command_line

    return command_line()


def _add() -> "Command":
    from kubectl_taints.cli.change import add_command_line

    return add_command_line()


def _remove() -> "Command":
    from kubectl_taints.cli.change import remove_command_line

    return remove_command_line()


def _lint() -> "Command":
    from kubectl_taints.cli.lint import command_line

    return command_line()


VERBS = {"": _question, "add": _add, "remove": _remove, "lint": _lint}
