"""What each binary carries: all that it imports, no more, and no newer glibc than is promised."""

import dis
from pathlib import Path
from types import CodeType

import pytest
from PyInstaller.archive.readers import CArchiveReader

from freeze.bootloader import UnknownBootloader, reword
from freeze.contained import distributions, glibc_floor, members, modules, symbol_versions
from freeze.plugins import Plugin, plugins
from freeze.release import promised_glibc
from tests.freeze.built import Binaries
from tests.freeze.unfrozen import run_alone, take_apart

ALL = pytest.mark.parametrize("plugin", plugins(), ids=lambda plugin: plugin.name)
LEAN = {"msgspec", "python_socks", "tabulate", "urllib3", "yaml"}
UNWANTED = {"ctypes", "tkinter", "setuptools", "asyncio", "unittest", "pickle"}
FOR_MYPY = {"_typeshed"}  # below TYPE_CHECKING
FIND = """
from importlib.util import find_spec
for name in sys.argv[4:]:
    try:
        if not find_spec(name):
            print(name)
    except ImportError:
        print(name)
"""
IMPORT = """
from importlib import import_module
for name in sys.argv[4:]:
    import_module(name)
"""


@ALL
def test_it_carries_a_few_small_libraries(binaries: Binaries, plugin: Plugin) -> None:
    """Five, and proxy-mode one more for its port-forwards; the official client is in none."""
    forwards = {"websocket"} if plugin.name == "proxy-mode" else set()
    assert distributions(binaries.binary(plugin)) == LEAN | forwards
    tops = {name.partition(".")[0] for name in modules(binaries.binary(plugin))}
    assert tops & UNWANTED == set()


@ALL
def test_it_carries_no_other_plugin(binaries: Binaries, plugin: Plugin) -> None:
    """Ours in it are the plugin and the library."""
    tops = {name.partition(".")[0] for name in modules(binaries.binary(plugin))}
    ours = {name for name in tops if name.startswith("kubectl_")}
    assert ours == {plugin.package, "kubectl_fieldkit"}


@ALL
def test_what_it_carries_is_all_it_imports(
    binaries: Binaries, plugin: Plugin, tmp_path: Path
) -> None:
    """With nothing else to be found, each module of ours can be imported, and so can what it names."""
    take_apart(binaries.binary(plugin), tmp_path)
    ours = sorted(n for n in modules(binaries.binary(plugin)) if n.startswith("kubectl_"))
    imported = run_alone(tmp_path, IMPORT, *(n for n in ours if not n.endswith("__main__")))
    assert (imported.returncode, imported.stderr) == (0, "")
    table = CArchiveReader(str(binaries.binary(plugin))).open_embedded_archive("PYZ.pyz")
    named = set().union(*(_named(table.extract(name)) for name in ours)) - FOR_MYPY
    assert run_alone(tmp_path, FIND, *sorted(named)).stdout == ""


def _named(code: CodeType) -> set[str]:
    """The modules that import statements name, those inside functions too."""
    names = {it.argval for it in dis.get_instructions(code) if it.opname == "IMPORT_NAME"}
    inner = (_named(it) for it in code.co_consts if isinstance(it, CodeType))
    return names.union(*inner)


@ALL
def test_members_are_stored_as_they_are(binaries: Binaries, plugin: Plugin) -> None:
    """Nothing is compressed: unpacking zlib streams takes longer than starting Python."""
    archive = CArchiveReader(str(binaries.binary(plugin)))
    assert {compressed for _, _, _, compressed, _ in archive.toc.values()} == {0}


@ALL
def test_it_needs_no_newer_glibc_than_the_readme_says(binaries: Binaries, plugin: Plugin) -> None:
    """No member, the bootloader among them, asks for a symbol of a later one."""
    assert glibc_floor(binaries.binary(plugin)) <= promised_glibc()


def test_every_kind_of_member_is_looked_at(binaries: Binaries) -> None:
    """The bootloader, Python itself, OpenSSL and extension modules all name their symbols."""
    found = members(binaries.binary(Plugin("taints")))
    stems = {
        name.rpartition("/")[2].partition(".")[0]
        for name, content in found.items()
        if any(symbol_versions(content))
    }
    assert {"", "libpython3", "libcrypto", "_ssl", "_yaml", "_core"} <= stems


def test_a_strange_bootloader_is_an_error(tmp_path: Path) -> None:
    """Where PyInstaller's texts have changed, the build fails and the file stays as it was."""
    strange = tmp_path / "binary"
    strange.write_bytes(b"\x7fELF nothing to say")
    with pytest.raises(UnknownBootloader, match="does not say"):
        reword(strange)
    assert strange.read_bytes() == b"\x7fELF nothing to say"
