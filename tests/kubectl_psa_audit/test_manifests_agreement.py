"""The command line judges files as upstream judges the objects in them."""

import json
from pathlib import Path

import pytest
import yaml

from tests.kubectl_psa_audit.plugin import NOWHERE, answer, write_list
from tests.kubectl_psa_audit.random_pods import random_object
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

OBJECTS = 200


@pytest.mark.parametrize("form", ["json", "yaml"])
@pytest.mark.parametrize("at", ["restricted:latest", "baseline:v1.18", "restricted:v1.24"])
def test_upstream_agrees(oracle: Oracle, tmp_path: Path, at: str, form: str) -> None:
    """On 200 random objects of all kinds, hostile names included, in one file and in its order."""
    random, (level, version) = rng(f"manifests {at} {form}"), at.split(":")
    things = [random_object(random) for _ in range(cases(OBJECTS))]
    file = write_list(tmp_path / "all.json", things)
    if form == "yaml":
        file.write_text(yaml.safe_dump_all(json.loads(file.read_text())["items"]))
    questions = [{"level": level, "version": version, "object": thing} for thing in things]
    items = answer(NOWHERE, "-f", file, "--level", at)["items"]
    for thing, item, theirs in zip(things, items, oracle.ask("psa", questions), strict=True):
        told = [{"reason": each["reason"], "detail": each["detail"]} for each in item["findings"]]
        ours = {"allowed": item["allowed"], "findings": told, "text": item["text"]}
        assert (ours, item["kind"]) == (theirs, thing["kind"]), thing
