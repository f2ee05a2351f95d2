"""What is measured beside what, and how much longer ours may take."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Command, race
from tests.lab.lab import Lab

MOST_MEGABYTES = 400  # of what reads a cluster, whatever its size


@dataclass(frozen=True, slots=True)
class Race:
    """One of our commands beside theirs; `bound` is the greatest ratio of times that is allowed.

    `most_megabytes` is what one process of ours may hold.
    """

    ours: Command
    theirs: Command
    bound: float
    turns: int
    most_megabytes: int = MOST_MEGABYTES


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of a race, in milliseconds and megabytes."""

    ours: str
    theirs: str
    milliseconds: float
    their_milliseconds: float
    megabytes: float
    bound: float
    most_megabytes: int = MOST_MEGABYTES

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.milliseconds / self.their_milliseconds

    @property
    def is_within_bounds(self) -> bool:
        """Whether both the time and the memory are."""
        return self.ratio <= self.bound and self.megabytes <= self.most_megabytes


def big(lab: Lab, binary: Path) -> list[Race]:
    """All nodes beside kubectl's own list; all pods with them beside a download of the same lists."""
    taints = str(binary)
    return [
        Race(
            Command("kubectl taints", (taints,)),
            Command("kubectl get nodes", (str(lab.kubectl_path), "get", "nodes")),
            bound=1.2,
            turns=10,
        ),
        Race(
            Command("kubectl taints -o wide", (taints, "-o", "wide")),
            Command("curl nodes pods", curl(lab, "/api/v1/nodes", "/api/v1/pods")),
            bound=1.5,
            turns=5,
        ),
    ]


def run(races: list[Race], lab: Lab) -> list[Result]:
    """Each race by itself, its two commands in turns."""
    results = []
    for one in races:
        ours, theirs = race([one.ours, one.theirs], lab.environ, one.turns)
        results.append(
            Result(
                *(ours.name, theirs.name, ours.milliseconds, theirs.milliseconds),
                *(ours.megabytes, one.bound, one.most_megabytes),
            )
        )
    return results


def curl(lab: Lab, *paths: str) -> tuple[str, ...]:
    """A download of these lists, one after another, over one connection."""
    curl = shutil.which("curl") or "curl"
    trust = ("--cacert", str(lab.certificate_authority))
    token = ("--header", f"Authorization: Bearer {lab.token}")
    urls = (f"{lab.server}{path}?resourceVersion=0" for path in paths)
    agent = ("--user-agent", "benchmark")  # to curl by its own name the server pretty-prints
    return (curl, "--silent", "--fail", *agent, *trust, *token, *urls)
