"""argv → request → answer; one file a question, loaded when it is asked."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kubectl_fieldkit.verbs import Command


def _question() -> "Command":
    from kubectl_proxy_mode.cli.question import command_line

    return command_line()


def _lint() -> "Command":
    from kubectl_proxy_mode.cli.lint import command_line

    return command_line()


VERBS = {"": _question, "lint": _lint}
