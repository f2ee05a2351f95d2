"""The plugins where Python has only what it has on Windows, for which binaries are released too.

No Windows is at hand: these tests run on Unix, without its modules and names (`without_unix.py`), and
ask mypy what a Windows' Python would not find.
"""

import ast
import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from freeze.plugins import ROOT
from tests.freeze.unix_only import MODULES, names_only_of_unix
from tests.kubectl_ctx.checking import kubeconfig, plugin
from tests.kubectl_fieldkit.completion.installed import PLUGINS
from tests.lab.kubeconfig import write_kubeconfig
from tests.lab.lab import Lab

FORMATION = ROOT / "examples" / "formation"
SNAPSHOT = ("--snapshot", f"{FORMATION}/cluster.jsonl.gz")
ANSWERS = {
    "taints": SNAPSHOT,
    "why-pending": (*SNAPSHOT, "-o", "json"),
    "psa-audit": ("-f", f"{FORMATION}/web.yaml"),
    "proxy-mode": SNAPSHOT,
    "ctx": ("--kubeconfig", f"{FORMATION}/kubeconfig", "-o", "wide"),
    "ns": ("--kubeconfig", f"{FORMATION}/kubeconfig", "--current"),
    "neat": ("-f", f"{FORMATION}/web.yaml"),
}
NAMES = {
    module: sorted(names_only_of_unix(module))
    for module in ("os", "select", "signal", "socket", "time")
}
ABSENT = json.dumps({"modules": MODULES, "names": NAMES})
WITHOUT = (sys.executable, str(Path(__file__).with_name("without_unix.py")), ABSENT)
WITH = (sys.executable, "-m")
# Functions that use what Windows lacks, and that are not come to where it is lacking.
GUARDED = {
    "freeze/start.py": {"hold", "remove_orphans", "end_with_bootloader"},
    "kubectl_fieldkit/kubeconfig/lock.py": {"_masked", "_user"},
    "kubectl_fieldkit/kubeconfig/unattended.py": {"_end"},
    "kubectl_fieldkit/kubeconfig/writing.py": {"_keep_rights"},
    "kubectl_fieldkit/picker/terminal.py": {"make_raw", "_news", "raw_terminal", "_put_right"},
    "kubectl_neat/export/folder.py": {"_lock_folder", "_replace"},
    "kubectl_proxy_mode/probing/rounds.py": {"_workers"},
}


def _run(
    python: tuple[str, ...], name: str, *arguments: str, **environ: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*python, f"kubectl_{name.replace('-', '_')}", *arguments],
        env={"PATH": os.environ["PATH"], **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _ran(name: str, *arguments: str, **environ: str) -> str:
    """What a plugin says without Unix's modules, in a run that goes well."""
    done = _run(WITHOUT, name, *arguments, **environ)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("name", PLUGINS)
def test_the_answer_is_the_same(name: str) -> None:
    """Help, version, and an answer out of a file."""
    for arguments in (["--help"], ["--version"], ANSWERS[name]):
        there, here = (_run(python, name, *arguments) for python in (WITH, WITHOUT))
        assert here.stdout == there.stdout
        assert here.stderr == there.stderr
        assert here.returncode == there.returncode == 0
        assert here.stdout


@pytest.mark.parametrize("module", MODULES)
def test_the_modules_are_away(module: str, tmp_path: Path) -> None:
    """Else nothing here would say anything."""
    (tmp_path / "kubectl_probe.py").write_text(f"import os, signal\nimport {module}\n")
    done = _run(WITHOUT, "probe", PYTHONPATH=str(tmp_path))
    assert f"No module named '{module}'" in done.stderr


def test_the_names_are_away(tmp_path: Path) -> None:
    """Of the modules that are there."""
    some = {"os": "getuid", "signal": "SIGHUP", "select": "poll", "socket": "AF_UNIX"}
    lines = [f"import {module}; print(hasattr({module}, {some[module]!r}))" for module in some]
    (tmp_path / "kubectl_probe.py").write_text("\n".join(lines))
    assert set(_ran("probe", PYTHONPATH=str(tmp_path)).split()) == {"False"}


def test_kubeconfigs_are_changed(tmp_path: Path) -> None:
    """Under the lock, which goes; ctx and ns remember where they were."""
    file = kubeconfig(tmp_path / "config", dict.fromkeys(["one", "two"], ({}, {})), "one")
    environ = {"KUBECONFIG": str(file), "XDG_STATE_HOME": str(tmp_path / "state")}
    assert _run(WITHOUT, "ctx", "two", **environ).returncode == 0
    assert _run(WITHOUT, "ns", "-f", "shop", **environ).returncode == 0
    assert _ran("ctx", "-c", **environ) == "two\n"
    assert _ran("ns", "-c", **environ) == "shop\n"
    assert _run(WITHOUT, "ctx", "-", **environ).returncode == 0
    assert _ran("ctx", "-c", **environ) == "one\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config", "state"]


@pytest.mark.parametrize("shell", ["SHELL", "COMSPEC"])
def test_a_shell_of_its_own(tmp_path: Path, shell: str) -> None:
    """The system's own where no SHELL is set; its folder is not asked for an owner."""
    file = kubeconfig(tmp_path / "config", dict.fromkeys(["one", "two"], ({}, {})), "one")
    program = tmp_path / "shell"
    program.write_text('#!/bin/sh\necho "$KUBECONFIG"\nexit 7\n')
    program.chmod(0o755)
    environ = {"KUBECONFIG": str(file), "TMPDIR": str(tmp_path), shell: str(program)}
    done = _run(WITHOUT, "ctx", "-s", "two", **environ)
    assert done.returncode == 7
    overlay, _, base = done.stdout.strip().partition(os.pathsep)
    assert (Path(overlay).parent, base) == (tmp_path / "kubectl-fieldkit", str(file))
    assert not Path(overlay).exists()


def test_a_credential_plugin_is_ended(tmp_path: Path) -> None:
    """By the only way that Windows has, when a check takes too long."""
    user = plugin(tmp_path / "login", "exec sleep 300")
    contexts = {"slow": ({"server": "https://127.0.0.1:1"}, user)}
    file = kubeconfig(tmp_path / "config", contexts, "slow")
    done = _run(WITHOUT, "ctx", "--check", "--request-timeout=300ms", KUBECONFIG=str(file))
    assert "timed out" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def test_the_picker_says_what_else_there_is(tmp_path: Path) -> None:
    """Where there is a terminal, and it is none of Unix."""
    file = kubeconfig(tmp_path / "config", dict.fromkeys(["one", "two"], ({}, {})), "one")
    command = [*WITHOUT, "kubectl_ctx"]
    ours, theirs = os.openpty()
    try:
        child = subprocess.Popen(
            command,
            env={"PATH": "", "TERM": "xterm", "KUBECONFIG": str(file)},
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.PIPE,
            text=True,
        )
        _, told = child.communicate()
    finally:
        os.close(ours)
        os.close(theirs)
    assert (child.returncode, told) == (
        1,
        "error: the picker needs a terminal of Unix "
        "(name what you want, list it with -o table, or install fzf)\n",
    )


@pytest.fixture
def thing(lab: Lab) -> Iterator[str]:
    """Something to export."""
    name = "without-unix"
    lab.kubectl("create", "configmap", name, "--from-literal=system=none")
    yield f"namespaces/default/22-configmap_{name}.yaml"
    lab.kubectl("delete", "configmap", name)


def test_a_cluster_is_asked_and_exported(lab: Lab, thing: str, tmp_path: Path) -> None:
    """With a client certificate out of the kubeconfig, which OpenSSL reads from a file only."""
    pair = [b64encode(pem).decode() for pem in lab.issue_certificate("jane", ["system:masters"])]
    user = {"client_certificate_data": pair[0], "client_key_data": pair[1]}
    authority = lab.certificate_authority
    file = write_kubeconfig(tmp_path / "config", lab.server, authority, **user)
    folder, environ = tmp_path / "export", {"KUBECONFIG": str(file)}
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    export = ("neat", "export", "-n", "default", "--output-dir", str(folder))
    assert _run(WITHOUT, *export, TMPDIR=str(temporary), **environ).returncode == 0
    assert list(temporary.iterdir()) == []
    written = [str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()]
    assert thing in written
    assert all(name.endswith(".yaml") for name in written)
    (folder / ".fieldkit-lock").touch()  # as another run has it
    done = _run(WITHOUT, *export, **environ)
    assert done.returncode == 1
    assert "another export is writing to" in done.stderr


def test_only_guarded_places_use_what_windows_lacks(tmp_path: Path) -> None:
    """By mypy's knowledge of Windows' Python; whoever adds a place says here that it is guarded."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--platform", "win32", "--no-warn-unreachable"),
            *("--cache-dir", str(tmp_path), "plugins", "freeze/start.py"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, set[str]] = {}
    for path, line in re.findall(r"^(\S+?):(\d+): error: ", done.stdout, re.MULTILINE):
        place = str(Path(path).relative_to("plugins") if path.startswith("plugins") else path)
        found.setdefault(place, set()).add(_function_at(ROOT / path, int(line)))
    assert found == GUARDED, done.stdout


def _function_at(path: Path, line: int) -> str:
    """The innermost function around a line."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return max(functions, key=lambda node: node.lineno).name if functions else "the module"
