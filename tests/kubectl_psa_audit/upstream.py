"""Upstream's own fixtures, out of the Go module that the lab is built from."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.lab.build import MODULE, cache
from tests.lab.errors import Lacking
from tests.lab.toolchain import find_go

POD_SECURITY = "k8s.io/pod-security-admission"

# What the refusal says, by the file's name; for every other check it says the check's own id.
WORDS = {
    "apparmorprofile": "forbidden AppArmor profile",
    "capabilities_baseline": "capabilities",
    "capabilities_restricted": "unrestricted capabilities",
    "hostnamespaces": "host namespaces",
    "hostpathvolumes": "hostPath",
    "hostports": "hostPort",
    "hostprobesandhostlifecycle": "probe or lifecycle host",
    "procmount": "procMount",
    "procmount_restricted": "procMount",
    "restrictedvolumes": "restricted volume types",
    "seccompprofile_baseline": "seccompProfile",
    "seccompprofile_restricted": "seccompProfile",
    "selinuxoptions": "seLinuxOptions",
    "sysctls": "forbidden sysctl",
    "windowshostprocess": "hostProcess",
    "allowprivilegeescalation": "allowPrivilegeEscalation",
    "privileged": "privileged",
    "runasnonroot": "runAsNonRoot",
    "runasuser": "runAsUser",
}


@dataclass(frozen=True, slots=True)
class Fixture:
    """A pod that a level and version must admit, or must refuse with these words (test/run.go)."""

    name: str
    level: str
    version: str
    words: str  # empty where the pod must pass
    pod: dict[str, Any]


def fixtures() -> Iterator[Fixture]:
    """All of them; `Lacking` where there is no Go module cache."""
    root = _module() / "test" / "testdata"
    for file in sorted(root.rglob("*.yaml")):
        level, version, outcome, _ = file.relative_to(root).parts
        words = "" if outcome == "pass" else WORDS[file.stem.rstrip("0123456789")]
        pod = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
        yield Fixture(str(file.relative_to(root)), level, version, words, pod)


def _module() -> Path:
    """Where Go keeps the module; it is fetched if a cleaned cache lacks it."""
    if os.environ.get("KUBEBUILDER_ASSETS"):
        raise Lacking(
            "KUBEBUILDER_ASSETS is set, so there is no Go module with upstream's fixtures"
        )
    command = [str(find_go(MODULE, cache())), "mod", "download", "-json", POD_SECURITY]
    environ = os.environ | {"GOTOOLCHAIN": "local"}
    run = subprocess.run(
        command, cwd=MODULE, env=environ, capture_output=True, text=True, check=True
    )
    return Path(json.loads(run.stdout)["Dir"])
