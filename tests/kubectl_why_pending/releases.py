"""Records what the schedulers of other releases say, as case files: `python -m tests.kubectl_why_pending.releases 1.36.3 ORACLE`.

ORACLE is tests/lab/cmd/oracle built of that release's modules (its `schedule` verb is all that is used); the
verdict is upstream's own, of that release, and is not built in CI.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.kubectl_why_pending.clusters.random_cluster import random_cluster
from tests.lab.oracle import Oracle

FOLDER = Path(__file__).parent / "release_cases"
PODS = 150


def record(release: str, oracle: Oracle) -> Path:
    """One line a pod: the question and that release's answer."""
    random = Random(f"release {release}")
    questions = [random_cluster(random).question for _ in range(PODS)]
    answers = oracle.ask("schedule", questions)
    lines = [json.dumps([q, a]) for q, a in zip(questions, answers, strict=True)]
    file = FOLDER / f"v{release}.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    return file


def recorded(file: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The questions of a case file with their answers."""
    for line in gzip.decompress(file.read_bytes()).decode().split("\n"):
        question, answer = json.loads(line)
        yield question, answer


if __name__ == "__main__":
    print(record(sys.argv[1], Oracle(Path(sys.argv[2]))))
