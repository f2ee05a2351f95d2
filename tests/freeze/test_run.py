"""The installed binary, run by the lab's kubectl."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kubectl_fieldkit import __version__
from tests.lab.lab import Lab

CASES = Path(__file__).parent.parent / "kubectl_taints" / "cases"


@pytest.fixture(scope="module")
def cluster(lab: Lab) -> Iterator[Lab]:
    """The shared control plane with the node that the tests ask about."""
    lab.add_node("frozen-0")
    lab.kubectl("taint", "node", "frozen-0", "special=true:NoSchedule")
    yield lab
    lab.kubectl("delete", "node", "frozen-0")


def _kubectl(lab: Lab, installed: Path, *args: str, **environ: str) -> str:
    """What a kubectl with our plugin on its PATH prints; nothing may be said on stderr."""
    path = os.pathsep.join((str(installed.parent), str(lab.kubectl_path.parent), os.defpath))
    run = lab.kubectl(*args, env={"PATH": path} | environ)
    assert run.stderr == ""
    return run.stdout


def test_kubectl_runs_it_on_the_cluster(cluster: Lab, installed: Path) -> None:
    """`kubectl taints NODE` prints the taint that kubectl set."""
    answer = _kubectl(cluster, installed, "taints", "frozen-0")
    first = "special=true:NoSchedule   the list was written last by kubectl taint"
    assert answer.startswith(f"Node frozen-0\n\n{first}")


def test_kubectl_lists_it_as_a_plugin(cluster: Lab, installed: Path) -> None:
    """`kubectl plugin list` finds it and has nothing to warn of."""
    assert str(installed) in _kubectl(cluster, installed, "plugin", "list").splitlines()


def test_it_says_its_version(lab: Lab, installed: Path) -> None:
    """The version is the distribution's."""
    assert _kubectl(lab, installed, "taints", "--version") == f"kubectl-taints v{__version__}\n"


def test_help_has_its_texts(lab: Lab, installed: Path) -> None:
    """No text gets lost with the docstrings that a frozen binary may lack."""
    source = subprocess.run(
        [sys.executable, "-m", "kubectl_taints", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert _kubectl(lab, installed, "taints", "--help") == source.stdout


@pytest.mark.parametrize("form", ["table", "wide", "json", "yaml", "name", "markdown"])
def test_every_format_is_the_same_frozen(installed: Path, form: str) -> None:
    """What is imported late, such as tabulate, is in the binary and works."""
    args = ["--snapshot", str(CASES / "course.yaml"), "-o", form, "worker-0"]
    frozen = subprocess.run([installed, *args], capture_output=True, check=True)
    source = subprocess.run(
        [sys.executable, "-m", "kubectl_taints", *args], capture_output=True, check=True
    )
    assert frozen.stdout == source.stdout


def test_an_exec_plugin_gets_the_users_environment(
    cluster: Lab, installed: Path, tmp_path: Path
) -> None:
    """A program that gives credentials sees the LD_LIBRARY_PATH of the user's shell and nothing of ours."""
    seen = tmp_path / "environment"
    kubeconfig = _with_exec_plugin(cluster, tmp_path, f"env >{seen}")
    answer = _kubectl(
        *(cluster, installed, "taints", "frozen-0", "-o", "name"),
        KUBECONFIG=str(kubeconfig),
        LD_LIBRARY_PATH="/opt/users/own",
    )
    assert answer == "node/frozen-0\n"
    environ = dict(line.split("=", 1) for line in seen.read_text().splitlines() if "=" in line)
    assert environ["LD_LIBRARY_PATH"] == "/opt/users/own"
    assert [name for name in environ if name.startswith(("_PYI", "_MEI"))] == []


def test_an_exec_plugin_may_be_a_frozen_binary(
    cluster: Lab, installed: Path, tmp_path: Path
) -> None:
    """One of our binaries below another unpacks itself instead of using its parent's folder."""
    seen = tmp_path / "version"
    kubeconfig = _with_exec_plugin(cluster, tmp_path, f"{installed} --version >{seen}")
    args = ("taints", "frozen-0", "-o", "name")
    answer = _kubectl(cluster, installed, *args, KUBECONFIG=str(kubeconfig))
    assert answer == "node/frozen-0\n"
    assert seen.read_text() == f"kubectl-taints v{__version__}\n"


def _with_exec_plugin(lab: Lab, folder: Path, first: str) -> Path:
    """A kubeconfig whose user is a script that does something first and then gives the lab's token."""
    credential = {
        "apiVersion": "client.authentication.k8s.io/v1",
        "kind": "ExecCredential",
        "status": {"token": lab.token},
    }
    program = folder / "credentials"
    program.write_text(f"#!/bin/sh\n{first}\ncat <<'END'\n{json.dumps(credential)}\nEND\n")
    program.chmod(0o755)
    document = yaml.safe_load(lab.kubeconfig.read_text())
    document["users"][0]["user"] = {
        "exec": {
            "apiVersion": "client.authentication.k8s.io/v1",
            "command": str(program),
            "interactiveMode": "Never",
        }
    }
    kubeconfig = folder / "kubeconfig"
    kubeconfig.write_text(yaml.safe_dump(document))
    return kubeconfig


def test_a_reader_that_leaves_is_no_error(installed: Path) -> None:
    """`kubectl taints | head -0` ends with SIGPIPE's code, in silence."""
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run(
        [installed, "--snapshot", CASES / "course.yaml"],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (run.returncode, run.stderr) == (141, b"")


def test_an_error_has_its_code_and_its_words(installed: Path) -> None:
    """Exit codes and stderr come through the bootloader."""
    run = subprocess.run([installed, "--no-such"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == 'error: unknown flag: --no-such (see "kubectl taints --help")\n'
