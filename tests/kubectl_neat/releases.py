"""Records random objects of other releases, as case files: `python -m tests.kubectl_neat.releases 36 ORACLE`.

ORACLE answers `oracle default` and is tests/lab/cmd/oracle built of that release's modules, which CI does not
do. What is recorded has been judged by it: neat by the release's table, nothing is lost and nothing left.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.kubectl_neat.judging import Tree, faults, filled, taken
from tests.kubectl_neat.random_objects import random_object
from tests.lab.oracle import Oracle

FOLDER = Path(__file__).parent / "release_cases"
OBJECTS = 300


def record(release: int, oracle: Oracle) -> Path:
    """One line an object: as the release fills it in, and neat; ValueError where that is wrong."""
    random = Random(f"neat release {release}")
    written = [random_object(random) for _ in range(OBJECTS)]
    known = [
        tree
        for tree, answer in zip(written, oracle.ask("default", written), strict=True)
        if "error" not in answer  # a version that the release does not serve
    ]
    for tree, found in zip(known, faults(oracle, known, release), strict=True):
        if found:
            raise ValueError(f"{json.dumps(tree)}: {found}")
    live = filled(oracle, filled(oracle, known))
    lines = [json.dumps([tree, taken(tree, release)]) for tree in live]
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"v1.{release}.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    return file


def recorded(file: Path) -> Iterator[tuple[Tree, Tree]]:
    """The objects of a case file: as they were filled in, and neat."""
    for line in gzip.decompress(file.read_bytes()).decode().split("\n"):
        live, tree = json.loads(line)
        yield live, tree


if __name__ == "__main__":
    print(record(int(sys.argv[1]), Oracle(Path(sys.argv[2]))))
