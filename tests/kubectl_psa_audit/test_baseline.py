"""`--baseline`: what an earlier answer told is not told again."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kubectl_psa_audit.plugin import NOWHERE, answer, psa_audit, write_list

LEVEL = ("--level", "baseline")


def _deployment(name: str, *privileged: bool, host_pid: bool = False) -> dict[str, Any]:
    containers = [
        {"name": f"c{i}", "image": "i", "securityContext": {"privileged": each}}
        for i, each in enumerate(privileged)
    ]
    spec = {"containers": containers, "hostPID": host_pid}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": "shop"},
        "spec": {"template": {"spec": spec}},
    }


def test_only_what_is_new_is_told_and_counts(tmp_path: Path) -> None:
    """A new workload, a new check and a new container are new; what was there before is not."""
    before = write_list(tmp_path / "before", [_deployment("web", True), _deployment("api", True)])
    told = answer(NOWHERE, "-f", before, *LEVEL)
    baseline = tmp_path / "baseline.json"
    baseline.write_text(json.dumps(told))
    known = ("--baseline", baseline)
    assert psa_audit(NOWHERE, "-f", before, *LEVEL, *known, "--exit-code")[0] == 0
    after = write_list(
        tmp_path / "after",
        [
            _deployment("web", True, host_pid=True),
            _deployment("api", True, True),
            _deployment("new", True),
        ],
    )
    items = answer(NOWHERE, "-f", after, *LEVEL, *known)["items"]
    assert [[finding["check"] for finding in item["findings"]] for item in items] == [
        ["hostNamespaces"],
        ["privileged"],
        ["privileged"],
    ]
    assert [item["allowed"] for item in items] == [False, False, False]
    assert psa_audit(NOWHERE, "-f", after, *LEVEL, *known, "--exit-code")[0] == 1


def test_pods_apart_are_known_too(tmp_path: Path) -> None:
    """What an injected container was told of before is not told again."""
    cluster = Path(__file__).parent / "cases" / "pods.yaml"
    asked = ("--snapshot", cluster, "deploy/web")
    baseline = tmp_path / "baseline.json"
    baseline.write_text(json.dumps(answer(NOWHERE, *asked)))
    (item,) = answer(NOWHERE, *asked, "--baseline", baseline)["items"]
    assert (item["findings"], item["pods"]) == ([], [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no json", "JSON is malformed: invalid character (byte 4)"),
        ('{"kind": "TaintReport", "items": []}', "it is a TaintReport"),
        ('{"kind": "PodSecurityReport"}', "Object missing required field `items`"),
    ],
)
def test_a_file_that_is_no_answer(tmp_path: Path, text: str, reason: str) -> None:
    """Is refused, with the command that makes one; with --exit-code it cannot be told (2)."""
    file = tmp_path / "baseline.json"
    file.write_text(text)
    hint = 'make one with "kubectl psa-audit -o json"'
    expected = f'error: "{file}" is no baseline: {reason} ({hint})\n'
    asked = ("-f", write_list(tmp_path / "x", [_deployment("web")]), "--baseline", file)
    assert psa_audit(NOWHERE, *asked) == (1, "", expected)
    assert psa_audit(NOWHERE, *asked, "--exit-code") == (2, "", expected)
