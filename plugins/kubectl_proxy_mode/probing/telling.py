"""From a kube-proxy's answers to a probe."""

from collections.abc import Sequence

from kubectl_fieldkit.cluster.http1 import Response
from kubectl_proxy_mode.evidence import Probe, Target, Way
from kubectl_proxy_mode.probing.answers import config_in, mode_in, version_in


def told(way: Way, target: Target, answers: Sequence[Response]) -> Probe:
    """What the answers to `PATHS` say."""
    mode_answer, config_answer, metrics = answers
    mode = mode_in(mode_answer)
    if not mode:
        said = f"{mode_answer.status} {mode_answer.reason}".rstrip()
        return failed(way, target, f"what listens on port {target.port} is no kube-proxy: {said}")
    config, version = config_in(config_answer), version_in(metrics)
    return Probe(target.node, target.pod, way, mode=mode, version=version, config=config)


def failed(way: Way, target: Target, failure: str, hint: str = "") -> Probe:
    """A way that told nothing, and why."""
    return Probe(target.node, target.pod, way, failure=failure, hint=hint)
