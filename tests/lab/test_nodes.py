"""Nodes without a kubelet look to the controllers like the nodes they stand for."""

from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

TAINTS = "jsonpath={range .spec.taints[*]}{.key}:{.effect} {end}"
RENEWED = "jsonpath={.spec.renewTime}"


def taints(lab: Lab, node: str) -> set[str]:
    """The taints of a node, as KEY:EFFECT."""
    return set(lab.kubectl("get", "node", node, "-o", TAINTS).stdout.split())


def test_a_ready_node_takes_pods(own_lab: Lab) -> None:
    """The scheduler places a pod on the only node that its selector leaves."""
    own_lab.add_node("worker", labels={"disk": "ssd"})
    spec = '{"spec":{"nodeSelector":{"disk":"ssd"}}}'
    own_lab.kubectl("run", "web", "--image=web", f"--overrides={spec}")
    where = ("get", "pod", "web", "-o", "jsonpath={.spec.nodeName}")
    assert wait_for("a node for the pod", lambda: own_lab.kubectl(*where).stdout) == "worker"


def test_a_node_keeps_the_taints_it_was_given(own_lab: Lab) -> None:
    """A ready node has its own taints and no other."""
    own_lab.add_node("tainted", taints=[{"key": "special", "value": "true", "effect": "NoExecute"}])
    assert taints(own_lab, "tainted") == {"special:NoExecute"}


def test_the_controllers_taint_a_node_that_is_not_ready(own_lab: Lab) -> None:
    """A node whose kubelet says it is not ready gets both of the controllers' taints."""
    own_lab.add_node("broken", ready=False)
    expected = {f"node.kubernetes.io/not-ready:{effect}" for effect in ("NoSchedule", "NoExecute")}
    wait_for("both taints", lambda: taints(own_lab, "broken") == expected)


def test_the_controllers_taint_a_node_that_is_cordoned(own_lab: Lab) -> None:
    """A cordoned node gets the controllers' taint."""
    own_lab.add_node("cordoned", unschedulable=True)
    expected = {"node.kubernetes.io/unschedulable:NoSchedule"}
    wait_for("the taint", lambda: taints(own_lab, "cordoned") == expected)


def test_a_fresh_node_renews_its_lease(own_lab: Lab) -> None:
    """A node that is kept fresh renews its Lease again and again, as a kubelet does."""
    own_lab.add_node("fresh")
    lease = ("get", "lease", "-n", "kube-node-lease", "fresh", "-o", RENEWED)
    first = own_lab.kubectl(*lease).stdout
    wait_for("the next renewal", lambda: own_lab.kubectl(*lease).stdout > first)


def test_a_node_that_is_not_fresh_has_no_lease(own_lab: Lab) -> None:
    """Nobody renews anything for a node that is to be found dead."""
    own_lab.add_node("stale", fresh=False)
    leases = own_lab.kubectl("get", "leases", "-n", "kube-node-lease", "-o", "name").stdout
    assert "lease.coordination.k8s.io/stale" not in leases.splitlines()
