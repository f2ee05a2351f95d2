"""Runs a plugin as `kubectl NAME`: argv in, exit code out, each error printed once."""

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from kubectl_fieldkit import __version__
from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.output import Screen, write
from kubectl_fieldkit.untrusted import clean

if TYPE_CHECKING:
    from kubectl_fieldkit.verbs import Command, Verbs

COMPLETER = "kubectl_complete-"  # the name, before the plugin's, by which kubectl asks for choices
COMPLETE = "__complete"  # or this verb, from a script that stands in for such a link
BROKEN_PIPE = 141  # what a shell sees of a program that SIGPIPE ended


def main(plugin: str, verbs: "Verbs") -> NoReturn:
    """Parses argv with the plugin's verbs, runs the request, exits with its code: 0, 1 or 2."""
    _let_interrupts_end_us()
    try:
        code = _answer(plugin, _with_completion(plugin, verbs), sys.argv)
    except BrokenPipeError:
        _drop_stdout()
        code = BROKEN_PIPE
    except FieldkitError as err:
        tell(err.line)
        code = err.exit_code
    raise SystemExit(code)


def _answer(plugin: str, verbs: "Verbs", argv: list[str]) -> int:
    """Runs the request; asked by kubectl what may follow, it is that which is answered."""
    program, *argv = argv
    if program.rpartition(os.sep)[2].startswith(COMPLETER) or argv[:1] == [COMPLETE]:
        from kubectl_fieldkit.completion.answering import answer

        return answer(verbs, argv[1:] if argv[:1] == [COMPLETE] else argv)
    if argv in (["--version"], ["-V"]):
        write(f"kubectl-{plugin} v{__version__}\n", sys.stdout)
        return 0
    from kubectl_fieldkit.verbs import parse

    return parse(plugin, verbs, argv).run()


def _with_completion(plugin: str, verbs: "Verbs") -> "Verbs":
    """The plugin's verbs and the one that all plugins have."""

    def completion() -> "Command":
        from kubectl_fieldkit.completion.command import command_line

        return command_line(plugin)

    return {**verbs, "completion": completion}


def _let_interrupts_end_us() -> None:
    """Ctrl-C ends a read at once, a name look-up in libc included, where Python would wait."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _drop_stdout() -> None:
    """Nobody reads any more: Python's own flush at exit must not complain of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(text: str) -> None:
    """A line of talk on stderr: an error, a warning, a remark."""
    from contextlib import suppress

    with suppress(OSError):  # where nobody can be told, the exit code still says it
        sys.stderr.write(clean(text) + "\n")


def screen(color: str) -> Screen:
    """What stdout is: its width where a terminal shows it, and whether colours are wanted."""
    terminal = sys.stdout.isatty()
    auto = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = os.get_terminal_size(sys.stdout.fileno()).columns if terminal else 0
    return Screen(width, color == "always" or (color == "auto" and auto))
