"""Every distribution and replacement in cases/ answers as its transcript says."""

from pathlib import Path

import pytest

from tests import transcripts

CASES = sorted(Path(__file__).parent.glob("cases/*.txt"))


@pytest.mark.parametrize("transcript", CASES, ids=lambda path: path.stem)
def test_transcript(transcript: Path) -> None:
    """The commands of the transcript print what it shows, on both streams, with its exit codes."""
    transcripts.check(transcript)


def test_every_cluster_has_a_transcript() -> None:
    """No case file is left without commands that read it."""
    clusters = {path.stem for path in Path(__file__).parent.glob("cases/*.yaml")}
    assert clusters == {path.stem for path in CASES}


def test_every_cluster_says_where_it_is_from() -> None:
    """Each begins with whether it was recorded from such a cluster, or stands in documentation only."""
    for path in Path(__file__).parent.glob("cases/*.yaml"):
        assert path.read_text().startswith(("# Recorded: ", "# Documented: ")), path.name
