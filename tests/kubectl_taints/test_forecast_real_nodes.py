"""The forecast on a real node, where a kubelet ends what the controller deletes."""

import json

from tests.kubectl_taints.plugin import taints
from tests.lab.nodes import RealNodes
from tests.lab.waiting import wait_for

POD = """
apiVersion: v1
kind: Pod
metadata: {{name: {name}, labels: {{test: forecast}}}}
spec:
  nodeName: node2
  terminationGracePeriodSeconds: 0
  tolerations: {tolerations}
  containers: [{{name: web, image: "localhost/box:1", command: [tiny, serve, ":8080", hello]}}]
---
"""
PODS = {
    "now": "[]",
    "later": "[{key: repair, operator: Exists, effect: NoExecute, tolerationSeconds: 4}]",
    "stays": "[{key: repair, operator: Exists}]",
}
UNDO = """\
undo: kubectl taints remove node2 repair:NoExecute
(evicted pods do not come back by it)
"""


def test_the_pods_of_the_forecast_are_gone_from_a_real_node(real_nodes: RealNodes) -> None:
    """Those that should go go, the others still run, and the undo line ends it."""
    manifests = "".join(POD.format(name=name, tolerations=t) for name, t in PODS.items())
    real_nodes.kubectl("apply", "-f", "-", input=manifests)
    real_nodes.kubectl(
        "wait", "--for=condition=Ready", "pod", "-l", "test=forecast", "--timeout=60s"
    )
    before = _on_node2(real_nodes)
    add = ("add", "node2", "repair:NoExecute")
    code, shown, _ = taints(real_nodes.kubeconfig, *add, "--dry-run=server", "-o", "json")
    forecast = json.loads(shown)["forecast"]["pods"]
    going = {pod["name"] for pod in forecast if pod["fate"] in ("evicted-now", "evicted-later")}
    assert (code, {pod["name"] for pod in forecast}, going) == (0, before, {"now", "later"})
    try:
        code, shown, talk = taints(real_nodes.kubeconfig, *add, "--yes")
        assert (code, shown) == (0, "node/node2 tainted\n")
        assert "Forecast: 1 evicted now, 1 evicted later" in talk
        assert talk.endswith(UNDO)
        wait_for("the evictions", lambda: _on_node2(real_nodes) == before - going)
    finally:
        assert taints(real_nodes.kubeconfig, "remove", "node2", "repair:NoExecute")[0] == 0
        real_nodes.kubectl("delete", "pod", "-l", "test=forecast")


def _on_node2(real_nodes: RealNodes) -> set[str]:
    on_node = ("-A", "--field-selector=spec.nodeName=node2", "-o", "json")
    items = json.loads(real_nodes.kubectl("get", "pods", *on_node).stdout)["items"]
    return {pod["metadata"]["name"] for pod in items}
