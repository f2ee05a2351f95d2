"""Puts `kubectl_complete-NAME` where kubectl finds it: a link to the plugin, or a line that calls it."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from kubectl_fieldkit.errors import FieldkitError, UsageError

WINDOWS = os.name == "nt"
MARK = "written by: kubectl"  # with the plugin's name behind it, in every script of ours


class Installed(Struct, frozen=True):
    """Where the completer is and which file it stands for; `changed` where it was not there before."""

    path: Path
    plugin: Path
    changed: bool
    on_path: bool


def file_name(plugin: str) -> str:
    """What kubectl calls: an underscore where its user types a dash."""
    return f"kubectl_complete-{plugin.replace('-', '_')}"


def plugin_file(plugin: str, argv0: str, environ: Mapping[str, str]) -> Path:
    """The file by which this very program was run, a link of krew's as such; else the one of the PATH."""
    name = f"kubectl-{plugin.replace('-', '_')}"
    if os.sep in argv0 and Path(argv0).name.removesuffix(".exe") == name:
        direct = Path(argv0).absolute()
        return direct if direct.exists() else direct.with_name(f"{direct.name}.exe")
    import shutil

    found = shutil.which(name, path=environ.get("PATH", ""))
    if found is None:
        raise FieldkitError(f'no "{name}" is on the PATH', "install the plugin first")
    return Path(found).absolute()


def folder_for(plugin: Path, environ: Mapping[str, str]) -> Path:
    """Beside the plugin, else the first folder of the PATH that can be written to."""
    folders = _path_folders(environ)
    for folder in (plugin.parent, *folders):
        if folder in folders and os.access(folder, os.W_OK | os.X_OK):
            return folder
    raise FieldkitError("no folder of the PATH can be written to", "name one with --dir")


def install(plugin: str, file: Path, folder: Path, environ: Mapping[str, str]) -> Installed:
    """The completer in that folder; FieldkitError for a file that somebody else put there."""
    if not folder.is_dir():
        raise UsageError(f'"{folder}" is no folder')
    path = folder / (file_name(plugin) + (".cmd" if WINDOWS else ""))
    on_path = folder.resolve() in [each.resolve() for each in _path_folders(environ)]
    if (path.is_symlink() or path.exists()) and not _is_ours(path, plugin, file):
        hint = f'remove "{path}", or name another folder with --dir'
        raise FieldkitError(f'"{path}" is not one of ours', hint)
    try:
        changed = _put(path, plugin, file)
    except OSError as err:
        raise FieldkitError(f'cannot write "{path}": {err.strerror}') from err
    return Installed(path, file, changed, on_path)


def installed(plugin: str, environ: Mapping[str, str]) -> Path | None:
    """The completer that kubectl would run now."""
    import shutil

    found = shutil.which(file_name(plugin), path=environ.get("PATH", ""))
    return Path(found) if found else None


def _path_folders(environ: Mapping[str, str]) -> list[Path]:
    entries = environ.get("PATH", "").split(os.pathsep)
    return [Path(entry) for entry in entries if Path(entry).is_absolute() and Path(entry).is_dir()]


def _is_ours(path: Path, plugin: str, file: Path) -> bool:
    """A link to a plugin of this name, wherever and whether it is; or a script with our mark."""
    if path.is_symlink():
        return path.readlink().name == file.name
    try:
        return f"{MARK} {plugin} ".encode() in path.read_bytes()[:500]
    except OSError:
        return False


def _put(path: Path, plugin: str, file: Path) -> bool:
    """Whether something had to be done; what is there already is replaced in one step."""
    target = file.name if file.parent == path.parent else str(file)
    script = _script(plugin, target)
    if _is_link_to(path, target) or _says(path, script):
        return False
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _make(new, target, script)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    return True


def _make(path: Path, target: str, script: str) -> None:
    """A link, or the script where there can be none."""
    if not WINDOWS:
        try:
            path.symlink_to(target)
            return
        except OSError:
            pass  # a file system without links; if it is full or read-only, the next step says so
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)


def _is_link_to(path: Path, target: str) -> bool:
    return path.is_symlink() and str(path.readlink()) == target


def _says(path: Path, script: str) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_text("utf-8", "replace") == script


def _script(plugin: str, target: str) -> str:
    """What calls the plugin by its own name, with the verb that answers kubectl."""
    mark = f"{MARK} {plugin} completion install"
    if sys.platform == "win32":
        program = target if Path(target).is_absolute() else f"%~dp0{target}"
        return f'@rem {mark}\r\n@"{program}" __complete %*\r\n'
    import shlex

    program = (
        shlex.quote(target) if Path(target).is_absolute() else f'"${{0%/*}}"/{shlex.quote(target)}'
    )
    return f'#!/bin/sh\n# {mark}\nexec {program} __complete "$@"\n'
