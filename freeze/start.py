"""What a frozen binary runs: the plugin, tied to its bootloader and to the folder it was unpacked to.

The bootloader unpacks the libraries into a folder, starts this process, and removes the folder
when it ends. Killed, it would leave both behind. So this process ends with its bootloader (Linux),
and every run removes the folders of earlier runs that were killed altogether, and of those that
found no room to unpack (Linux and macOS).
"""

import _thread
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from time import time

FOLDER, _ = os.path.split(__file__)
PREFIX = "_MEI"
MARK = "kubectl-fieldkit"  # in our folders, not in those of other PyInstaller programs
UNPACKING = "kubectl-fieldkit.unpacking"  # what is unpacked first
LONGEST_UNPACKING = 3600  # seconds; a second is usual


def main() -> None:
    """Runs the plugin whose package the binary was built for."""
    gc.disable()  # looking for cycles is a tenth of the start-up, and a run is over before it pays
    with suppress(
        ImportError, OSError
    ):  # where the system refuses, the plugin's answer matters more
        hold()
        remove_orphans()
    if hasattr(os, "pidfd_open"):
        _thread.start_new_thread(end_with_bootloader, ())
    try:
        import_module(f"{sys._xoptions['plugin']}.__main__").main()
    except SystemExit as end:
        leave(end.code)


def hold() -> None:
    """Locks the folder for as long as this process lives, then marks it as ours."""
    import fcntl

    fcntl.flock(os.open(FOLDER, os.O_RDONLY), fcntl.LOCK_EX)
    os.close(os.open(f"{FOLDER}/{MARK}", os.O_CREAT | os.O_WRONLY, 0o600))


def remove_orphans() -> None:
    """Removes the folders whose processes are gone: ours, and locked by nobody."""
    import fcntl

    for entry in os.scandir(os.path.split(FOLDER)[0]):
        with suppress(OSError):
            if entry.name.startswith(PREFIX) and may_be_left(entry.path):
                fcntl.flock(os.open(entry.path, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(entry.path)


def may_be_left(folder: str) -> bool:
    """Whether it is ours, and its run has come to its lock or has had time enough to."""
    if os.access(f"{folder}/{MARK}", os.W_OK):
        return True
    first = f"{folder}/{UNPACKING}"
    return os.access(first, os.W_OK) and time() - os.stat(first).st_mtime > LONGEST_UNPACKING


def end_with_bootloader() -> None:
    """Waits for the bootloader's end, which in a normal run comes after ours."""
    import select

    end = select.poll()
    with suppress(OSError):
        bootloader = os.getppid()
        end.register(os.pidfd_open(bootloader), select.POLLIN)
        if os.readlink(f"/proc/{bootloader}/exe") == os.readlink("/proc/self/exe"):
            end.poll()  # elsewhere it has ended already
        remove(FOLDER)
        os._exit(137)  # as if the SIGKILL had been ours


def remove(folder: str) -> None:
    """Removes a folder, or what of it can be."""
    from shutil import rmtree

    if os.path.split(folder)[1].startswith(PREFIX):
        rmtree(folder, ignore_errors=True)


def leave(code: object) -> None:
    """Ends at once: taking an interpreter apart, piece by piece, is as slow as importing a library."""
    with suppress(OSError):
        os.unlink(f"{FOLDER}/{MARK}")
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else code is not None)


main()
