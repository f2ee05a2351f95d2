"""Asks every kube-proxy side by side; a slow node delays nobody."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, suppress

from msgspec import Struct

from kubectl_fieldkit.cluster.progress import Progress
from kubectl_fieldkit.errors import FieldkitError, ServerError
from kubectl_fieldkit.kubeconfig.model import Access
from kubectl_proxy_mode.evidence import Probe, Target, Way
from kubectl_proxy_mode.probing import logs, port_forwarding, proxying
from kubectl_proxy_mode.probing.doors import Doors, Trace
from kubectl_proxy_mode.probing.rights import Right, is_denied
from kubectl_proxy_mode.probing.telling import failed
from kubectl_proxy_mode.probing.words import forbidden, reason

FILES_EACH = 3  # a WebSocket, one that is just closing, a connection
OTHER_FILES = 100

Closed = Mapping[tuple[Way, str], tuple[str, str]]  # by way and namespace: the failure and its hint


class _Way(Struct, frozen=True):
    name: Way
    ask: Callable[[Doors, Target], Probe]
    rights: tuple[tuple[str, str], ...]
    needs_pod: bool = True


PORT_FORWARD = _Way(
    "portforward",
    port_forwarding.ask,
    (("get", "pods/portforward"), ("create", "pods/portforward")),
)
NODES_PROXY = _Way("nodes/proxy", proxying.ask_node, (("get", "nodes/proxy"),), needs_pod=False)
WAYS = (
    PORT_FORWARD,
    _Way("pods/proxy", proxying.ask_pod, (("get", "pods/proxy"),)),
    NODES_PROXY,
    _Way("logs", logs.ask, (("get", "pods/log"),)),
)


def probe(
    access: Access,
    targets: Sequence[Target],
    *,
    environ: Mapping[str, str],
    progress: Progress,
    concurrency: int = 100,
    timeout: float = 10.0,
    allow_nodes_proxy: bool = False,
    trace: Trace = None,
) -> list[Probe]:
    """What each way said, target by target in their order, the way that told the mode last.

    `timeout` is for each way. CredentialsError and KubeconfigError where nobody can be asked at all.
    """
    ways = [way for way in WAYS if allow_nodes_proxy or way is not NODES_PROXY]
    workers = _workers(min(concurrency, len(targets)))
    doors = Doors(access, environ, timeout, trace)
    with closing(doors), ThreadPoolExecutor(workers) as pool:
        closed = _closed(doors, pool, ways, targets)
        asked = {pool.submit(_ask, doors, ways, closed, target): target for target in targets}
        progress.start()
        for done, _ in enumerate(as_completed(asked), 1):
            progress.show("kube-proxies", done, len(asked) - done)
        progress.clear()
        return [answer for future in asked for answer in future.result()]


def _ask(doors: Doors, ways: Iterable[_Way], closed: Closed, target: Target) -> list[Probe]:
    """One target's ways, until one tells a mode."""
    probes: list[Probe] = []
    for way in ways:
        if target.pod or not way.needs_pod:
            probes.append(_try(doors, way, closed, target))
            if probes[-1].mode:
                break
    return probes


def _try(doors: Doors, way: _Way, closed: Closed, target: Target) -> Probe:
    if no := closed.get((way.name, target.namespace if way.needs_pod else "")):
        return failed(way.name, target, *no)
    if way.needs_pod and target.phase != "Running":
        return failed(
            way.name, target, f'pod "{target.pod}" is {target.phase or "Unknown"}, not Running'
        )
    try:
        return way.ask(doors, target)
    except FieldkitError as err:
        return failed(way.name, target, *reason(err, target, doors.timeout))


def _closed(
    doors: Doors, pool: ThreadPoolExecutor, ways: Iterable[_Way], targets: Sequence[Target]
) -> Closed:
    """The ways that are not open to us, so that nobody is asked in vain."""
    namespaces = sorted({target.namespace for target in targets if target.pod})
    rights = list(_rights(ways, namespaces))
    answers = pool.map(lambda item: is_denied(doors.client, item[1]), rights)
    closed: dict[tuple[Way, str], tuple[str, str]] = {}
    for (way, right), denied in zip(rights, answers, strict=True):
        if denied and not (right.verb == "create" and _is_open(doors, right.namespace, targets)):
            words = forbidden(right.verb, right.resource, right.namespace)
            closed.setdefault((way.name, right.namespace), words)
    return closed


def _rights(ways: Iterable[_Way], namespaces: Sequence[str]) -> Iterator[tuple[_Way, Right]]:
    for way in ways:
        for namespace in namespaces if way.needs_pod else [""]:
            for verb, resource in way.rights:
                yield way, Right(verb, resource, namespace)


def _is_open(doors: Doors, namespace: str, targets: Sequence[Target]) -> bool:
    """Whether a port-forward works without the right to create it: up to 1.34, or by a feature gate."""
    running = [t for t in targets if t.namespace == namespace and t.pod and t.phase == "Running"]
    if not running:
        return True
    try:
        port_forwarding.ask(doors, running[0])
    except ServerError as err:
        return err.code != 403
    except FieldkitError:
        return True
    return True


def _workers(wanted: int) -> int:
    """As many at once as there may be files open; at least one.

    More files are asked for, as programs in Go do at their start: macOS grants 256 to those who do not ask.
    """
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return max(1, wanted)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted * FILES_EACH + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = min(wanted, (soft - OTHER_FILES) // FILES_EACH)
    return max(1, wanted)
