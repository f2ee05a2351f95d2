"""`python -m benchmarks [--check] [--json FILE]`: everything, in one run."""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import neat, psa_audit, races, switching, why_pending
from benchmarks.cluster import fill
from benchmarks.report import document, table
from freeze.binary import freeze
from freeze.plugins import Plugin
from tests.lab.lab import Lab


def main(argv: list[str]) -> int:
    """Prints the results; with --check, exit 1 when one is out of bounds."""
    parser = argparse.ArgumentParser(prog="./build.sh bench", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 when out of bounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there too")
    flags = parser.parse_args(argv)
    results = _measure()
    print(table(results), end="")
    if flags.json:
        flags.json.write_text(json.dumps(document(results), indent=2) + "\n")
    return int(flags.check and not all(result.is_within_bounds for result in results))


def _measure() -> list[races.Result]:
    with TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        return [*_on_a_big_cluster(folder), *_among_many_namespaces(folder)]


def _on_a_big_cluster(folder: Path) -> list[races.Result]:
    with Lab() as lab:
        _tell("building the binaries")
        names = ("taints", "psa-audit", "ctx", "why-pending", "neat")
        taints, audit, ctx, why, tidy = (freeze(Plugin(plugin), folder) for plugin in names)
        _tell("writing 1,000 nodes, 20,000 pods and 2,000 workloads")
        fill(lab)
        psa_audit.fill_workloads(lab)
        why_pending.fill_waiting(lab)
        _tell("measuring")
        small, big = races.small(lab, taints), races.big(lab, taints)
        kubeconfigs = switching.races(lab, ctx, folder)
        audits, waiting = psa_audit.races(lab, audit, folder), why_pending.races(lab, why, folder)
        lists = neat.races(lab, tidy, folder)
        return races.run([*small, *kubeconfigs, *big, *audits, *waiting, *lists], lab)


def _among_many_namespaces(folder: Path) -> list[races.Result]:
    with Lab() as lab:
        ns = freeze(Plugin("ns"), folder)
        _tell("writing 20,000 namespaces")
        switching.fill_namespaces(lab)
        _tell("measuring")
        return races.run(switching.namespace_races(lab, ns), lab)


def _tell(what: str) -> None:
    print(f"benchmarks: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
