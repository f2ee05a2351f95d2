"""request → answer: `kubectl taints --for TARGET…` and `kubectl taints -f FILE`."""

import sys

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.reading import Source
from kubectl_fieldkit.source import open_source
from kubectl_taints.cli.question import PlaceWorkloads
from kubectl_taints.gather import all_nodes
from kubectl_taints.gather_workloads import Workloads, manifest_workloads, named_workloads
from kubectl_taints.placement import place
from kubectl_taints.placement_report import of_placements


def run(request: PlaceWorkloads) -> int:
    """Gather, decide, report, emit; 1 when a target is not there."""
    with open_source(request.source) as source:
        workloads = _workloads(request, source)
        nodes = [node for node, _ in all_nodes(source, request.selector, with_pods=False).nodes]
        placements = [place(workload, nodes) for workload in workloads.items]
        text = output.render(
            of_placements(placements, source.server_version),
            request.output.format,
            entry.screen(request.output.color),
            request.output.headers,
        )
    output.write(text if placements else "", sys.stdout)
    for err in workloads.missing:
        entry.tell(err.line)
    return 1 if workloads.missing else 0


def _workloads(request: PlaceWorkloads, source: Source) -> Workloads:
    if request.targets:
        return named_workloads(source, request.targets)
    from kubectl_fieldkit.manifests import read_manifests

    workloads = manifest_workloads(read_manifests(request.files))
    if not workloads.items:
        raise FieldkitError("no workloads found", f"in {', '.join(request.files)}")
    return workloads
