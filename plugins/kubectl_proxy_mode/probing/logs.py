"""Fourth way: the first lines of kube-proxy's log, where they are still there."""

import re
from urllib.parse import quote

from kubectl_fieldkit.cluster.answers import refusal
from kubectl_proxy_mode.evidence import Probe, Target
from kubectl_proxy_mode.probing.doors import Doors
from kubectl_proxy_mode.probing.telling import failed

LIMIT = 200_000  # bytes; the line comes within the first twenty lines of a start

_MODE = re.compile(r"Using (iptables|ipvs|nftables|kernelspace|userspace) Proxier")
_VERSION = re.compile(r'"Version info" version="(v[0-9A-Za-z.+-]{1,60})"')


def ask(doors: Doors, target: Target) -> Probe:
    """What the log tells; FieldkitError where it cannot be read."""
    namespace, pod = quote(target.namespace, safe=""), quote(target.pod, safe="")
    path = f"/api/v1/namespaces/{namespace}/pods/{pod}/log?limitBytes={LIMIT}"
    response = doors.get(path)
    if response.status != 200:
        raise refusal(response, "get pods/log")
    return read_log(target, response.body.decode("utf-8", "replace"))


def read_log(target: Target, log: str) -> Probe:
    """The mode and the version that a log tells of."""
    modes, versions = _MODE.findall(log), _VERSION.findall(log)
    if not modes:
        return failed("logs", target, "its log does not tell of a start of kube-proxy")
    version = versions[-1] if versions else ""
    return Probe(target.node, target.pod, "logs", mode=modes[-1], version=version)
