"""`kubectl NAME completion install`: where the completer goes, and what it never harms."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import lacking_is_a_skip
from tests.kubectl_fieldkit.completion.installed import environment, put_plugin, run, said_by
from tests.lab.errors import Lacking

LINK = "kubectl_complete-taints"
REFUSED = "inject=?symlink,symlinkat:error=EPERM"  # as a FAT file system says it
NO_LINKS = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", REFUSED]
WORDS = ["installed", "is there already:"]


@pytest.fixture
def programs_folder(tmp_path: Path) -> Path:
    """A folder with the plugin in it."""
    folder = tmp_path / "bin"
    put_plugin(folder, "taints")
    return folder


def _install(program: Path, *args: str, path: tuple[Path, ...]) -> tuple[int, str, str]:
    """What `completion install` says with this PATH and nothing else."""
    environ = environment() | {"PATH": os.pathsep.join(map(str, path))}
    done = run([program, "completion", *args], environ)
    return done.returncode, done.stdout, done.stderr


def test_beside_the_plugin(programs_folder: Path) -> None:
    """A relative link, which says what it stands for, works, and is left as it is the next time."""
    plugin, link = programs_folder / "kubectl-taints", programs_folder / LINK
    said = _install(plugin, "install", path=(programs_folder,))
    assert said == (0, f'installed "{link}", which stands for "{plugin}"\n', "")
    assert link.readlink() == Path("kubectl-taints")
    assert said_by(link, environment(), "--out")[0].startswith("--output\t")
    before = link.lstat()
    said = _install(plugin, "install", path=(programs_folder,))
    assert said == (0, f'is there already: "{link}", which stands for "{plugin}"\n', "")
    assert link.lstat().st_ino == before.st_ino


def test_of_a_plugin_with_a_dash(tmp_path: Path) -> None:
    """kubectl looks for an underscore where its user types a dash."""
    plugin = put_plugin(tmp_path, "why-pending")
    assert _install(plugin, "install", path=(tmp_path,))[0] == 0
    assert (tmp_path / "kubectl_complete-why_pending").readlink() == Path("kubectl-why_pending")


def test_krews_link_is_what_it_stands_for(programs_folder: Path, tmp_path: Path) -> None:
    """krew changes where its link leads with every upgrade; the store may not be linked to."""
    krew = tmp_path / "krew" / "bin"
    krew.mkdir(parents=True)
    (krew / "kubectl-taints").symlink_to(programs_folder / "kubectl-taints")
    assert _install(krew / "kubectl-taints", "install", path=(krew,))[0] == 0
    assert (krew / LINK).readlink() == Path("kubectl-taints")
    assert not (programs_folder / LINK).exists()


def test_a_plugin_that_is_found_on_the_path(programs_folder: Path) -> None:
    """Run by its bare name it is the PATH that says which file it is."""
    environ = environment() | {"PATH": f"{programs_folder}:/usr/bin:/bin"}
    done = run(["sh", "-c", "kubectl-taints completion install"], environ)
    assert (done.returncode, done.stderr) == (0, "")
    assert (programs_folder / LINK).readlink() == Path("kubectl-taints")


def test_elsewhere_where_the_plugins_folder_is_not_on_the_path(
    programs_folder: Path, tmp_path: Path
) -> None:
    """The first folder of the PATH that can be written to, with the plugin's full name."""
    one, two = tmp_path / "one", tmp_path / "two"
    two.mkdir()
    plugin = programs_folder / "kubectl-taints"
    said = _install(plugin, "install", path=(one, Path("relative"), two))
    assert said == (0, f'installed "{two / LINK}", which stands for "{plugin}"\n', "")
    assert (two / LINK).readlink() == plugin


def test_a_folder_that_cannot_be_written_to(programs_folder: Path, tmp_path: Path) -> None:
    """It is passed over; where no other is left the error names the way out."""
    with lacking_is_a_skip():
        if os.geteuid() or run(["unshare", "--mount", "true"], os.environ).returncode:
            raise Lacking("a folder that root cannot write to needs root and unshare")
    other, plugin = tmp_path / "other", programs_folder / "kubectl-taints"
    other.mkdir()
    read_only = "mount --bind $0 $0 && mount -o remount,bind,ro $0 && PATH=$1 exec $2"
    script = f"{read_only} completion install"

    def install(path: str) -> subprocess.CompletedProcess[str]:
        enter = ["unshare", "--mount", "sh", "-c", script]
        return run([*enter, programs_folder, path, plugin], environment())

    done = install(str(programs_folder))
    error = "error: no folder of the PATH can be written to (name one with --dir)\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", error)
    done = install(f"{programs_folder}:{other}")
    assert (done.returncode, done.stderr) == (0, "")
    assert (other / LINK).readlink() == plugin


def test_a_folder_of_ones_own(programs_folder: Path, tmp_path: Path) -> None:
    """--dir says where; kubectl will not look outside of the PATH, which is said."""
    own = tmp_path / "own"
    own.mkdir()
    plugin = programs_folder / "kubectl-taints"
    code, _, talk = _install(plugin, "install", "--dir", str(own), path=(programs_folder,))
    assert code == 0
    assert talk == f'warning: "{own}" is not on the PATH, where kubectl looks for it\n'
    assert (own / LINK).readlink() == plugin
    code, _, talk = _install(plugin, "install", "--dir", str(own / "no"), path=(programs_folder,))
    assert (code, talk) == (2, f'error: "{own / "no"}" is no folder\n')


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling"])
def test_what_is_not_ours_stays(programs_folder: Path, tmp_path: Path, kind: str) -> None:
    """Somebody else's completer, or anything else of that name."""
    link = programs_folder / LINK
    match kind:
        case "file":
            link.write_text("#!/bin/sh\necho theirs\n")
        case "folder":
            link.mkdir()
        case "link":
            (tmp_path / "theirs").write_text("")
            link.symlink_to(tmp_path / "theirs")
        case _:
            link.symlink_to(tmp_path / "gone")
    before = _identity(link)
    plugin = programs_folder / "kubectl-taints"
    code, shown, talk = _install(plugin, "install", path=(programs_folder,))
    assert (code, shown) == (1, "")
    hint = f'remove "{link}", or name another folder with --dir'
    assert talk == f'error: "{link}" is not one of ours ({hint})\n'
    assert _identity(link) == before
    assert sorted(each.name for each in programs_folder.iterdir()) == ["kubectl-taints", LINK]


def _identity(path: Path) -> tuple[int, int, int, int]:
    """What changes when a file does."""
    now = path.lstat()
    return now.st_ino, now.st_mode, now.st_size, now.st_mtime_ns


def test_an_old_link_of_ours_is_replaced(programs_folder: Path, tmp_path: Path) -> None:
    """The plugin has moved: the completer goes with it."""
    link = programs_folder / LINK
    link.symlink_to(tmp_path / "old" / "kubectl-taints")
    assert _install(programs_folder / "kubectl-taints", "install", path=(programs_folder,))[0] == 0
    assert link.readlink() == Path("kubectl-taints")


def test_where_there_are_no_links_a_script_stands_in(programs_folder: Path, tmp_path: Path) -> None:
    """Where the system refuses them; it does the same, and is ours the next time."""
    with lacking_is_a_skip():
        if not shutil.which("strace"):
            raise Lacking("Debian packages (apt-get install strace)")
    plugin, completer = programs_folder / "kubectl-taints", programs_folder / LINK
    for folder, words in ((tmp_path, ("--dir", str(tmp_path))), (programs_folder, ())):
        completer = folder / LINK
        environ = environment(programs_folder)
        command = [*NO_LINKS, plugin, "completion", "install", *words]
        said = [run(command, environ) for _ in range(2)]
        assert [each.returncode for each in said] == [0, 0]
        assert [each.stdout.partition(' "')[0] for each in said] == WORDS
        assert not completer.is_symlink()
        assert said_by(completer, environment(), "--out")[0].startswith("--output\t")
    assert sorted(each.name for each in programs_folder.iterdir()) == ["kubectl-taints", LINK]


def test_without_install_it_explains(programs_folder: Path) -> None:
    """Whether kubectl finds the completer, and what to do."""
    plugin = programs_folder / "kubectl-taints"
    code, shown, talk = _install(plugin, path=(programs_folder,))
    assert (code, talk) == (0, "")
    assert f'kubectl finds no "{LINK}" on the PATH: kubectl taints completion install' in shown
    _install(plugin, "install", path=(programs_folder,))
    _, shown, _ = _install(plugin, path=(programs_folder,))
    assert shown.startswith(f'kubectl asks "{programs_folder / LINK}" what may follow')


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (["uninstall"], '"uninstall" is not install'),
        (["--dir", "x"], "--dir goes with install"),
        (["install", "--dir="], "--dir needs a folder"),
    ],
)
def test_a_wrong_command_line(programs_folder: Path, args: list[str], error: str) -> None:
    """Nothing is put anywhere."""
    plugin = programs_folder / "kubectl-taints"
    code, _, talk = _install(plugin, *args, path=(programs_folder,))
    assert code == 2
    assert talk.startswith(f"error: {error}")
    assert not (programs_folder / LINK).exists()


def test_the_help_names_the_verb(programs_folder: Path) -> None:
    """`kubectl taints --help` says that there is a completion."""
    done = run([programs_folder / "kubectl-taints", "--help"], environment())
    assert "  kubectl taints completion --help\n" in done.stdout
    done = run([programs_folder / "kubectl-taints", "completion", "--help"], environment())
    assert f'"{LINK}"' in done.stdout
