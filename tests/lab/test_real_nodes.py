"""The real nodes run real pods."""

import pytest

from tests.lab.nodes import NAMES, RealNodes

READY = 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'
POD = """
apiVersion: v1
kind: Pod
metadata: {{name: web-{node}}}
spec:
  nodeName: {node}
  terminationGracePeriodSeconds: 0
  containers: [{{name: web, image: "localhost/box:1", command: [tiny, serve, ":8080", hello]}}]
"""


@pytest.mark.parametrize("node", NAMES)
def test_a_node_is_ready(real_nodes: RealNodes, node: str) -> None:
    """The kubelet reports its node Ready."""
    assert real_nodes.kubectl("get", "node", node, "-o", READY).stdout == "True"


@pytest.mark.parametrize("node", NAMES)
def test_a_pod_runs(real_nodes: RealNodes, node: str) -> None:
    """A pod on the node starts and answers."""
    pod = f"pod/web-{node}"
    real_nodes.kubectl("apply", "-f", "-", input=POD.format(node=node))
    real_nodes.kubectl("wait", "--for=condition=Ready", pod, "--timeout=60s")
    answer = real_nodes.kubectl("exec", pod, "--", "tiny", "get", "http://localhost:8080/")
    real_nodes.kubectl("delete", pod)
    assert answer.stdout.startswith("hello from ")
