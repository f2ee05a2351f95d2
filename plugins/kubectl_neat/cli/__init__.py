"""argv → request → answer; one file a verb, loaded when it is asked."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kubectl_fieldkit.verbs import Command


def _question() -> "Command":
    from kubectl_neat.cli.question import command_line

    return command_line()


def _get() -> "Command":
    from kubectl_neat.cli.question import get_command_line

    return get_command_line()


def _export() -> "Command":
    from kubectl_neat.cli.export import command_line

    return command_line()


VERBS = {"": _question, "get": _get, "export": _export}
