"""What only Unix's Python has: typeshed says of each name of the standard library where it is."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import mypy

STUBS = Path(mypy.__file__).parent / "typeshed" / "stdlib"
MODULES = ("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")


def names_only_of_unix(module: str) -> set[str]:
    """The names of a module that this Python has on Linux and lacks on Windows."""
    folder = STUBS / module
    stub = folder / "__init__.pyi" if folder.is_dir() else folder.with_suffix(".pyi")
    body = ast.parse(stub.read_text(encoding="utf-8")).body
    return set(_names(body, "linux")) - set(_names(body, "win32"))


def _names(body: list[ast.stmt], platform: str) -> Iterator[str]:
    for each in body:
        match each:
            case ast.If(test, then, otherwise):
                yield from _names(then if _holds(test, platform) else otherwise, platform)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case _:
                pass


def _holds(test: ast.expr, platform: str) -> bool:
    known = SimpleNamespace(platform=platform, version_info=sys.version_info)
    return bool(eval(compile(ast.Expression(test), "stub", "eval"), {"sys": known}))
