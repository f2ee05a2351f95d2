"""What the question and `lint` have in common: gather, ask the kube-proxies, decide."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.options import SourceFlags
from kubectl_fieldkit.source import open_source
from kubectl_proxy_mode.cli.question import DEFAULT_TIMEOUT, Probing
from kubectl_proxy_mode.evidence import Probe
from kubectl_proxy_mode.gather import Gathered, ask, gather

if TYPE_CHECKING:
    from kubectl_proxy_mode.judged import Cluster

PAGE = 2_000  # of nodes: each page is one more wait


class Answer(Struct, frozen=True):
    """What was decided, what the rules find, the nodes that are not there, and what could not be read."""

    cluster: "Cluster"
    findings: Sequence[Finding]
    missing: tuple[ServerError, ...]
    incomplete: tuple[Incomplete, ...]


@contextmanager
def answered(
    flags: SourceFlags, nodes: Sequence[str], selector: str, probing: Probing
) -> Iterator[Answer]:
    """The answer, inside the source that it is of."""
    with open_source(flags, page=PAGE) as source:
        asked = ask(source, nodes, selector)
        # While the server writes its long lists:
        version = source.server_version
        from kubectl_proxy_mode.deciding import decide
        from kubectl_proxy_mode.lint.rules import lint

        gathered = gather(asked, events=probing.wanted)
        probes = [*_probes(flags, gathered, probing), *gathered.events]
        cluster = decide(gathered.seen, probes, version)
        yield Answer(cluster, lint(cluster), gathered.missing, gathered.incomplete)


def _probes(flags: SourceFlags, gathered: Gathered, probing: Probing) -> Sequence[Probe]:
    """What running kube-proxies say; nobody is asked in a recorded cluster."""
    if not probing.wanted or flags.snapshot is not None:
        return ()
    from kubectl_proxy_mode.targets import targets

    asked = targets(gathered.seen, probing.nodes_proxy)
    if not asked:
        return ()
    from kubectl_fieldkit.cluster.progress import Progress
    from kubectl_fieldkit.kubeconfig.access import find_access
    from kubectl_proxy_mode.probing import probe

    access = find_access(flags.connection, os.environ)
    return probe(
        access,
        asked,
        environ=os.environ,
        progress=Progress(sys.stderr),
        concurrency=probing.concurrency,
        timeout=access.request_timeout or DEFAULT_TIMEOUT,
        allow_nodes_proxy=probing.nodes_proxy,
        trace=_trace if flags.verbose else None,
    )


def _trace(line: str) -> None:
    sys.stderr.write(line + "\n")
