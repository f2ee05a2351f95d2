"""`kubectl neat get [--] ARGS…`: kubectl itself asks, and what it prints is made neat.

kubectl's own stderr goes straight to the user, and its exit code is ours: only an answer is read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.errors import FieldkitError, UsageError
from kubectl_fieldkit.flags import Flag, take_flags
from kubectl_fieldkit.options import CONNECTION
from kubectl_neat.cli.get_flags import CONNECTING, KUBECTL, PASSED_ON, REFUSED, VERBOSE, spelled

AS_JSON = ("--output=json", "--show-managed-fields")


class Question(Struct, frozen=True):
    """What kubectl is asked: its words after `get`; and the format that the user wants, yaml or json.

    `values` are those of neat's own flags, and the connection's, so that both ask one server.
    """

    words: tuple[str, ...]
    format: str
    values: dict[str, Any]


class Answer(Struct, frozen=True):
    """kubectl's exit code, and what it printed where that is 0."""

    code: int
    data: bytes


def question(own: Sequence[Flag], values: Mapping[str, Any]) -> Question:
    """What a command line of the flags `with_kubectls(own)` asks; UsageError where no objects would come of it."""
    behind, targets = take_flags(KUBECTL, values["words"])  # of `--`
    merged = {flag.key: _merged(flag, values, behind) for flag in KUBECTL}
    for flag in REFUSED:
        if merged[flag.key]:
            reason = flag.help.removeprefix("Refused: ").rstrip(".")
            raise UsageError(f"there is nothing to make neat in {flag.spellings[-1]}", reason)
    connection, _ = take_flags(CONNECTION, tuple(spelled(CONNECTING, merged)))
    kept = {flag.key: values[flag.key] for flag in (*own, VERBOSE)}
    words = (*AS_JSON, *spelled(PASSED_ON, merged), "--", *targets)
    return Question(words, merged["output"] or "yaml", kept | connection)


def ask(question: Question, environ: Mapping[str, str]) -> Answer:
    """What kubectl says; it may read stdin (`-f -`), and its stderr is the user's."""
    from kubectl_fieldkit.process import find_program, run

    program = find_program("kubectl", environ)
    if program is None:
        hint = "kubectl neat TARGET asks the cluster without it"
        raise FieldkitError('there is no "kubectl" on the PATH', hint)
    try:
        done = run([program, "get", *question.words], environ, stdin=True)
    except OSError as err:
        raise FieldkitError(f'"{program}" cannot be run: {err.strerror}') from err
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode
    return Answer(code, b"" if code else done.stdout)


def _merged(flag: Flag, values: Mapping[str, Any], behind: Mapping[str, Any]) -> Any:
    """A flag's value of before `--` and of behind it: the last one, or all."""
    first, last = values.get(flag.key, flag.absent), behind[flag.key]
    if flag.many:
        return (*first, *last)
    return first if last == flag.absent else last
