"""request → answer: `kubectl taints --who TAINT`."""

import sys

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.source import open_source
from kubectl_taints.cli.question import FindTolerators
from kubectl_taints.cli.unknowns import tell_unknowns
from kubectl_taints.gather_workloads import all_workloads
from kubectl_taints.tolerators import who_tolerates
from kubectl_taints.tolerators_report import of_tolerators


def run(request: FindTolerators) -> int:
    """Gather, decide, report, emit; what could not be read is said on stderr."""
    with open_source(request.source) as source:
        namespace = request.source.connection.namespace
        workloads = all_workloads(source, namespace, lambda _: ["workloads"])
        found = who_tolerates(request.asked, workloads.items)
        wide = request.output.format == "wide"
        text = output.render(
            of_tolerators(
                str(request.asked), found, workloads.incomplete, source.server_version, wide
            ),
            request.output.format,
            entry.screen(request.output.color),
            request.output.headers,
        )
    output.write(text, sys.stdout)
    if not found:
        known = "that could be read " if workloads.incomplete else ""
        entry.tell(f"No workload {known}tolerates {request.asked}")
    tell_unknowns(workloads.incomplete)
    return 0
