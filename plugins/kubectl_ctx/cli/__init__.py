"""argv → request → answer; one file a question, loaded when it is asked."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kubectl_fieldkit.verbs import Command


def _question() -> "Command":
    from kubectl_ctx.cli.question import command_line

    return command_line()


def _switch() -> "Command":
    from kubectl_ctx.cli.verbs import switch_command_line

    return switch_command_line()


def _rename() -> "Command":
    from kubectl_ctx.cli.verbs import rename_command_line

    return rename_command_line()


def _delete() -> "Command":
    from kubectl_ctx.cli.verbs import delete_command_line

    return delete_command_line()


def _lint() -> "Command":
    from kubectl_ctx.cli.lint import command_line

    return command_line()


VERBS = {
    "": _question,
    "switch": _switch,
    "rename": _rename,
    "delete": _delete,
    "lint": _lint,
}
