"""The rules of the design that a test can hold."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "plugins").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core"}
# Rooms that may touch the world; every other room is pure.
WORLDLY = {
    "socket",
    "ssl",
    "http",
    "subprocess",
    "urllib3",
    "kubernetes",
    "python_socks",
    "websocket",
}
DOORS = {"cluster", "kubeconfig", "process.py", "snapshot"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    docstring = node.body[0] if ast.get_docstring(node) else None
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    return lines - ((docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0)


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_no_room_grows_past_its_cap(path: Path) -> None:
    """A source file has at most 250 lines, a function at most 40."""
    assert len(path.read_text().splitlines()) <= 250
    assert {f.name: _length(f) for f in _functions(path) if _length(f) > 40} == {}


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_no_test_file_grows_past_its_cap(path: Path) -> None:
    """A test file has at most 400 lines."""
    assert len(path.read_text().splitlines()) <= 400


def test_most_rooms_are_small() -> None:
    """The median file has at most 120 lines, the median function at most 12."""
    assert statistics.median(len(path.read_text().splitlines()) for path in SOURCES) <= 120
    assert statistics.median(_length(f) for path in SOURCES for f in _functions(path)) <= 12


def test_no_drawers() -> None:
    """No module is named after what it is not."""
    assert [_name(path) for path in [*SOURCES, *TESTS] if path.stem in DRAWERS] == []


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_no_plugin_imports_another(path: Path) -> None:
    """What two plugins need lives in the library, and the library knows no plugin."""
    own = path.relative_to(ROOT / "plugins").parts[0]
    foreign = {name.split(".")[0] for name in _imports(path)} - {own, "kubectl_fieldkit"}
    assert {name for name in foreign if name.startswith("kubectl_")} == set()


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_only_the_doors_touch_the_world(path: Path) -> None:
    """Sockets, processes and clients are imported in their own rooms and nowhere else."""
    rooms = path.relative_to(ROOT / "plugins").parts[1:]
    worldly = {name.split(".")[0] for name in _imports(path)} & WORLDLY
    assert not worldly or rooms[0] in DOORS


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_every_test_says_what_it_promises(path: Path) -> None:
    """One sentence a test."""
    tests = [f for f in _functions(path) if f.name.startswith("test_")]
    assert [f.name for f in tests if not ast.get_docstring(f)] == []
