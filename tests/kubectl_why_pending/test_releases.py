"""What the schedulers of 1.34, 1.35 and 1.36 said of 150 pods each is what we say for that version."""

from pathlib import Path

import pytest

from kubectl_why_pending.answer import version_of
from tests.kubectl_why_pending.judging import differences, judge
from tests.kubectl_why_pending.releases import FOLDER, PODS, recorded

FILES = sorted(FOLDER.glob("*.jsonl.gz"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.removesuffix(".jsonl.gz"))
def test_a_recorded_release_agrees(file: Path) -> None:
    """Sentence, fits, refusals and candidates, in that release's rules and words."""
    minor, _ = version_of(file.name.removesuffix(".jsonl.gz"))
    cases = list(recorded(file))
    assert len(cases) == PODS
    for question, answer in cases:
        assert differences(judge(question, minor), answer) == [], question


def test_three_releases_are_recorded() -> None:
    """1.34.4, 1.35.4 and 1.36.3."""
    names = [file.name.removesuffix(".jsonl.gz") for file in FILES]
    assert names == ["v1.34.4", "v1.35.4", "v1.36.3"]


@pytest.mark.parametrize(
    ("text", "version"),
    [("v1.34.1", (34, 1)), ("v1.37.2", (37, 2)), ("1.35", (35, 99)), ("v1.36.0-gke.7", (36, 0)), ("", (37, 99))],
)  # fmt: skip
def test_a_version_is_read(text: str, version: tuple[int, int]) -> None:
    """As servers and people write it; the newest rules where nothing is said."""
    assert version_of(text) == version
