"""Cases as files: what upstream answers, and which fields we find guilty.

They hold what upstream's own fixtures cannot see: ephemeral containers, overrides, each boundary of
versions, AppArmor fields, and every disagreement that random objects ever brought up.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kubectl_psa_audit.checks import CHECKS
from kubectl_psa_audit.evaluate import evaluate
from kubectl_psa_audit.levels import LevelVersion
from tests.kubectl_psa_audit.asking import answer, decoded
from tests.lab.oracle import Oracle

CASES = sorted(Path(__file__).parent.glob("cases/engine/*.json"))


def _case(file: Path) -> dict[str, Any]:
    case: dict[str, Any] = json.loads(file.read_text())
    return case


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_verdict_words_and_fields(file: Path) -> None:
    """The answer is the expected one, and so are check, container, path, value and want of each field."""
    case = _case(file)
    asked = case["question"]
    at = LevelVersion.parse(f"{asked['level']}:{asked['version']}")
    metadata, spec = decoded(asked["object"])
    assert answer(at, metadata, spec) == case["expected"]
    fields = {each.check: each.fields for each in evaluate(metadata, spec, at)}
    assert msgspec.to_builtins(fields) == _tuples(case["fields"])


def _tuples(fields: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """JSON has lists where we have tuples."""
    return {
        check: tuple(
            field | {"value": tuple(field["value"])} if isinstance(field["value"], list) else field
            for field in guilty
        )
        for check, guilty in fields.items()
    }


def test_upstream_gives_the_expected_answers(oracle: Oracle) -> None:
    """No case expects what upstream does not say."""
    cases = [_case(file) for file in CASES]
    answers = oracle.ask("psa", (case["question"] for case in cases))
    for file, case, theirs in zip(CASES, cases, answers, strict=True):
        assert theirs == case["expected"], file.stem


def test_every_check_has_a_case() -> None:
    """Each check is seen to fail here, without any other program."""
    seen = {check for file in CASES for check in _case(file)["fields"]}
    assert seen == {check.id for check in CHECKS}
