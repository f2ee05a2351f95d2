"""Runs other programs with the environment that the user gave us, not what a frozen binary made of it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

# The bootloader of a frozen binary points these at its own unpacked libraries.
LIBRARY_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
BOOTLOADER_PREFIXES = ("_PYI_", "_MEIPASS")
NOTHING: Mapping[str, str] = {}


def original_environment(
    environ: Mapping[str, str], *, frozen: bool = getattr(sys, "frozen", False)
) -> dict[str, str]:
    """The environment as it was before a frozen binary changed it."""
    if not frozen:
        return dict(environ)
    original = {
        name: value for name, value in environ.items() if not name.startswith(BOOTLOADER_PREFIXES)
    }
    for name in LIBRARY_PATHS:
        original.pop(name, None)
        if before := original.pop(f"{name}_ORIG", ""):
            original[name] = before
    # A child that is another of our binaries must unpack itself, not reuse our folder.
    original["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    return original


def run(
    command: Sequence[str],
    environ: Mapping[str, str],
    *,
    added: Mapping[str, str] = NOTHING,
    stdin: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """Runs a program to its end and gives its stdout; stderr is the user's, stdin as well if asked.

    Raises OSError when it cannot be started. Ctrl-C ends both.
    """
    return subprocess.run(
        list(command),
        env=original_environment(environ) | dict(added),
        stdin=None if stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
    )


def find_program(name: str, environ: Mapping[str, str]) -> str | None:
    """The program that a bare name means on this PATH; never one relative to the current folder."""
    import shutil

    folders = environ.get("PATH", "").split(os.pathsep)
    folders = [folder for folder in folders if os.path.isabs(folder)]  # noqa: PTH117
    found = shutil.which(name, path=os.pathsep.join(folders)) or ""
    # Windows looks in the current folder first, whatever the path says.
    return found if found.startswith(tuple(folders)) else None


def run_interactive(
    command: Sequence[str], environ: Mapping[str, str], added: Mapping[str, str]
) -> int:
    """Gives a program the terminal and waits for its end; its exit code, 128 and more for a signal.

    Ctrl-C and Ctrl-\\ are the program's alone; what else would end us is passed on to it.
    """
    import signal

    from kubectl_fieldkit.signals import known

    for number in known("SIGINT", "SIGQUIT"):
        signal.signal(number, lambda *_: None)  # a handler, unlike SIG_IGN, is not inherited
    child = subprocess.Popen(list(command), env=original_environment(environ) | dict(added))
    for number in known("SIGTERM", "SIGHUP"):
        signal.signal(number, lambda taken, _frame: child.send_signal(taken))
    code = child.wait()
    return code if code >= 0 else 128 - code


def run_filter(
    command: Sequence[str], environ: Mapping[str, str], text: bytes
) -> tuple[int, bytes]:
    """Runs a program that reads `text` and may use the terminal; its exit code and its stdout.

    Raises OSError when it cannot be started. A signal that would end us ends it first, by SIGTERM:
    of the others fzf does not put the terminal right.
    """
    from kubectl_fieldkit.signals import deferred

    env = original_environment(environ)
    with (
        subprocess.Popen(
            list(command), env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as child,
        deferred(lambda _: child.terminate()),
    ):
        answer, _ = child.communicate(text)
        return child.returncode, answer
