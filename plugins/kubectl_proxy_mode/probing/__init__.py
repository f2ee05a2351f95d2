"""What really runs on each node: every kube-proxy is asked, side by side, by the best way that is open.

`rounds` asks all targets; a target's ways are tried in order until one tells a mode. Each way is a file
(`port_forwarding`, `proxying`, `logs`), `rights` asks the API server which of them are open to us,
`answers` reads what a kube-proxy says, and `words` tells an operator why a way failed. `events` reads
what kube-proxies have left on their nodes.
"""

from kubectl_proxy_mode.evidence import Probe, Target
from kubectl_proxy_mode.probing.rounds import probe

__all__ = ["Probe", "Target", "probe"]
