"""Files in, neat out: every transcript in cases/ is what its commands print."""

from pathlib import Path

import pytest

from tests import transcripts

CASES = sorted(Path(__file__).parent.glob("cases/*.txt"))


@pytest.mark.parametrize("transcript", CASES, ids=lambda path: path.stem)
def test_transcript(transcript: Path) -> None:
    """The commands of the transcript print what it shows, on both streams, with its exit codes."""
    transcripts.check(transcript)


def test_every_file_has_a_transcript() -> None:
    """No case file is left without a command that reads it."""
    said = "".join(path.read_text() for path in CASES)
    files = [path for path in Path(__file__).parent.glob("cases/*.*") if path.suffix != ".txt"]
    assert [path.name for path in files if path.name not in said] == []
