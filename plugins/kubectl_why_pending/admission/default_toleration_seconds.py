"""DefaultTolerationSeconds: five minutes on a node that is not ready or not reachable.

Mirrors plugin/pkg/admission/defaulttolerationseconds/admission.go.
"""

from msgspec.structs import replace

from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import NO_EXECUTE
from kubectl_why_pending.objects.pod import Pod

TAINTS = ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")
SECONDS = 300


def with_toleration_seconds(pod: Pod) -> Pod:
    """The pod with a toleration of each taint that it says nothing about."""
    said = pod.spec.tolerations
    added = [
        Toleration(key=key, operator="Exists", effect=NO_EXECUTE, toleration_seconds=SECONDS)
        for key in TAINTS
        if not any(t.key in ("", key) and t.effect in ("", NO_EXECUTE) for t in said)
    ]
    return replace(pod, spec=replace(pod.spec, tolerations=[*said, *added]))
