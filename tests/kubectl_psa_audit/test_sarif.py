"""`-o sarif`: the structure that SARIF 2.1.0 asks for, and the line of each field."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.kubectl_psa_audit.plugin import NOWHERE, psa_audit

CASES = Path(__file__).parent / "cases"
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
PHYSICAL = {
    "type": "object",
    "required": ["artifactLocation", "region"],
    "additionalProperties": False,
    "properties": {
        "artifactLocation": {
            "required": ["uri"],
            "additionalProperties": False,
            "properties": {"uri": {"type": "string"}},
        },
        "region": {
            "required": ["startLine"],
            "additionalProperties": False,
            "properties": {"startLine": {"type": "integer", "minimum": 1}},
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "level", "message", "locations"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": TEXT,
        "locations": {"type": "array", "minItems": 1, "items": {
            "additionalProperties": False,
            "properties": {"physicalLocation": PHYSICAL, "logicalLocations": {"type": "array", "minItems": 1}},
        }},
    },
}  # fmt: skip
RULE = {
    "type": "object",
    "required": ["id", "shortDescription", "helpUri"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "helpUri": {"format": "uri"},
    },
}
DRIVER = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "version": {"type": "string"}, "rules": {"type": "array", "uniqueItems": True, "items": RULE}},
}  # fmt: skip
RUN = {
    "type": "object",
    "required": ["tool", "results"],
    "properties": {
        "tool": {"required": ["driver"], "properties": {"driver": DRIVER}},
        "results": {"type": "array", "items": RESULT},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    },
}
# What of the OASIS schema is about what we write.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN},
    },
}


def _sarif(*args: object) -> Any:
    log = json.loads(psa_audit(NOWHERE, *args, "-o", "sarif")[1])
    Draft202012Validator(SARIF).validate(log)
    (run,) = log["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= rules
    return run["results"]


def test_a_manifest_is_pointed_into() -> None:
    """Each field has its line; one that is absent has that of the nearest thing around it."""
    file = CASES / "manifest.yaml"
    lines = file.read_text().splitlines()
    shown = {
        result["ruleId"]: [
            lines[place["physicalLocation"]["region"]["startLine"] - 1].strip()
            for place in result["locations"]
        ]
        for result in _sarif("-f", file, "--level", "restricted")
        if "Deployment/web" in result["message"]["text"]
    }
    assert shown["hostPorts"] == ["- {containerPort: 80, hostPort: 8080}"]
    assert shown["seLinuxOptions"] == ['seLinuxOptions: {level: "s0:c1", type: spc_t}']
    assert shown["hostProbesAndHostLifecycle"] == ["httpGet: {host: 10.0.0.1, port: 80}"]
    assert shown["restrictedVolumes"] == ["- {name: log, hostPath: {path: /var/log}}"]
    assert shown["allowPrivilegeEscalation"] == ["securityContext:", "- name: agent"]


def test_a_cluster_has_names_alone() -> None:
    """Without a manifest a result says which object it is about."""
    results = _sarif("--snapshot", CASES / "pods.yaml", "-A")
    places = [place for result in results for place in result["locations"]]
    assert {
        name["fullyQualifiedName"] for place in places for name in place["logicalLocations"]
    } == {
        "shop/Deployment/agent",
        "shop/Deployment/web",
    }
    assert not any("physicalLocation" in place for place in places)
