"""`python -m benchmarks [--check] [--json FILE]`: everything, in one run."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import neat, proxy_mode, psa_audit, races, starting, switching, why_pending
from benchmarks.cluster import fill
from benchmarks.report import document, table
from freeze.binary import freeze
from freeze.plugins import Plugin, plugins
from tests.lab.lab import Lab
from tests.lab.nodes import missing

Binaries = Mapping[Plugin, Path]


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
        _tell("building the binaries")
        binaries = {plugin: freeze(plugin, folder) for plugin in plugins()}
        return [
            *_on_a_small_cluster(binaries),
            *_on_a_big_cluster(binaries, folder),
            *_among_many_namespaces(binaries),
            *_on_many_kube_proxies(binaries),
        ]


def _on_a_small_cluster(binaries: Binaries) -> list[races.Result]:
    with Lab(scheduler=True) as lab:
        _tell("measuring on three nodes")
        starting.fill(lab)
        return races.run(starting.races(lab, binaries), lab)


def _on_a_big_cluster(binaries: Binaries, folder: Path) -> list[races.Result]:
    with Lab() as lab:
        _tell("writing 1,000 nodes, 20,000 pods and 2,000 workloads")
        fill(lab)
        psa_audit.fill_workloads(lab)
        why_pending.fill_waiting(lab)
        _tell("measuring")
        big = races.big(lab, binaries[Plugin("taints")])
        kubeconfigs = switching.races(lab, binaries[Plugin("ctx")], folder)
        audits = psa_audit.races(lab, binaries[Plugin("psa-audit")], folder)
        waiting = why_pending.races(lab, binaries[Plugin("why-pending")], folder)
        lists = neat.races(lab, binaries[Plugin("neat")], folder)
        return races.run([*kubeconfigs, *big, *audits, *waiting, *lists], lab)


def _among_many_namespaces(binaries: Binaries) -> list[races.Result]:
    with Lab() as lab:
        _tell("writing 20,000 namespaces")
        switching.fill_namespaces(lab)
        _tell("measuring")
        return races.run(switching.namespace_races(lab, binaries[Plugin("ns")]), lab)


def _on_many_kube_proxies(binaries: Binaries) -> list[races.Result]:
    """The probes need two real nodes; where the machine cannot have them, there are none to show."""
    with Lab() as lab:
        _tell("writing 1,000 nodes, each with a kube-proxy")
        proxy_mode.fill(lab)
        _tell("measuring")
        results = races.run(proxy_mode.races(lab, binaries[Plugin("proxy-mode")]), lab)
    if lack := missing():
        _tell(f"no probes of real kube-proxies: real nodes need {lack}")
        return results
    _tell("probing real kube-proxies")
    return results + proxy_mode.probes()


def _tell(what: str) -> None:
    print(f"benchmarks: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
