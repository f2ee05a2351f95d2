"""First way: a port-forward to the kube-proxy pod, which reaches a port that is bound to the loopback only."""

from kubectl_proxy_mode.evidence import Probe, Target
from kubectl_proxy_mode.probing.answers import PATHS
from kubectl_proxy_mode.probing.doors import Doors
from kubectl_proxy_mode.probing.telling import told


def ask(doors: Doors, target: Target) -> Probe:
    """What the kube-proxy tells; FieldkitError where it cannot be asked."""
    answers = doors.forwards.get(target.namespace, target.pod, target.port, PATHS, doors.timeout)
    return told("portforward", target, answers)
