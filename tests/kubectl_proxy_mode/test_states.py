"""Every recorded cluster in states/ is answered as its transcript says."""

from pathlib import Path

import pytest

from tests import transcripts

STATES = sorted(Path(__file__).parent.glob("states/*.txt"))


@pytest.mark.parametrize("transcript", STATES, ids=lambda path: path.stem)
def test_transcript(transcript: Path) -> None:
    """The commands of the transcript print what it shows, on both streams, with its exit codes."""
    transcripts.check(transcript)
