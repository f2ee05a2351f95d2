"""The corners of the lint rules that a real cluster shows seldom: where each must stay silent."""

from typing import Any

import msgspec
import pytest

from kubectl_fieldkit.objects.node import Node
from kubectl_fieldkit.objects.pod import PodSpec
from kubectl_fieldkit.workloads import Workload
from kubectl_taints.lint.linted import Linted
from kubectl_taints.lint.rules import CLUSTER_RULES, MANIFEST_RULES, affected, lint

OLD, NEW = "node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"


def _workload(kind: str, *tolerations: dict[str, Any], **more: Any) -> Workload:
    spec = msgspec.convert({"tolerations": tolerations}, PodSpec)
    return Workload("apps", kind, more.pop("namespace", "n"), "w", spec, **more)


def _nodes(*taints: str) -> tuple[Node, ...]:
    """One node a word; `key=value:effect`, several with commas."""
    fields = [
        {
            "metadata": {"name": f"n{i}"},
            "spec": {"taints": [_taint(taint) for taint in word.split(",")]},
        }
        for i, word in enumerate(taints)
    ]
    return tuple(msgspec.convert(fields, list[Node]))


def _taint(word: str) -> dict[str, str]:
    head, effect = word.split(":")
    key, _, value = head.partition("=")
    return {"key": key, "value": value, "effect": effect}


def _rules(
    nodes: tuple[Node, ...] = (), *workloads: Workload, whole: bool = True
) -> list[tuple[str, str]]:
    linted = Linted(nodes, workloads, whole=whole)
    return [(finding.rule, finding.severity) for finding in lint(linted)]


EXISTS = {"operator": "Exists"}
GREATER = {"key": "a", "operator": "Gt", "value": "5"}


@pytest.mark.parametrize(
    ("taint", "whole", "found"),
    [
        ("a=7:NoSchedule", True, [("untolerated-taint", "warning")]),
        ("a:NoExecute", True, [("untolerated-taint", "warning")]),
        ("a=7:NoSchedule", False, []),  # a list is missing, or other namespaces are
        ("a:PreferNoSchedule", True, []),
        ("node.kubernetes.io/not-ready:NoExecute", True, []),
        ("node.kubernetes.io/out-of-service:NoExecute", True, []),
        ("karpenter.sh/disrupted:NoSchedule", True, []),
        ("readiness.k8s.io/network:NoSchedule", True, []),
        ("nvidia.com/gpu:NoSchedule", True, [("untolerated-taint", "warning")]),
        (f"{NEW}:NoSchedule", True, []),
    ],
)
def test_untolerated_taints(taint: str, whole: bool, found: list[tuple[str, str]]) -> None:
    """Only what lasts, keeps pods off, and is known to be tolerated by nobody."""
    assert _rules(_nodes(taint), _workload("Deployment"), whole=whole) == found


def test_what_a_gate_decides_is_no_finding() -> None:
    """A Gt toleration may match: neither is the taint untolerated nor the DaemonSet kept off."""
    assert _rules(_nodes("a=7:NoSchedule"), _workload("DaemonSet", GREATER)) == []
    assert _rules(_nodes("a=3:NoSchedule"), _workload("DaemonSet", GREATER)) == [
        ("daemonset-kept-off", "warning"),
        ("untolerated-taint", "warning"),
    ]


@pytest.mark.parametrize(
    ("workload", "found"),
    [
        (_workload("Deployment", EXISTS), ["warning"]),
        (_workload("Job", EXISTS), ["warning"]),
        (_workload("Deployment", EXISTS, namespace="kube-system"), ["warning"]),
        (_workload("DaemonSet", EXISTS), ["info"]),
        (_workload("DaemonSet", EXISTS, namespace="kube-system"), []),
        (_workload("Pod", EXISTS, static=True), []),
        (_workload("Pod", EXISTS), ["warning"]),
        (_workload("Deployment", EXISTS | {"effect": "NoExecute"}), ["warning"]),
        (_workload("Deployment", EXISTS | {"effect": "NoExecute", "tolerationSeconds": 9}), []),
        (_workload("Deployment", EXISTS | {"effect": "PreferNoSchedule"}), []),
        (_workload("Deployment", EXISTS | {"key": "a"}), []),
    ],
)
def test_workloads_that_tolerate_everything(workload: Workload, found: list[str]) -> None:
    """By kind and place: what is normal for an agent is not for an application."""
    assert _rules((), workload) == [("tolerates-everything", severity) for severity in found]


@pytest.mark.parametrize(
    ("taint", "found"),
    [
        ("a:NoSchedule", ["warning"]),
        ("a:NoExecute", ["warning"]),
        ("a:PreferNoSchedule", []),
        (f"{NEW}:NoSchedule", ["info"]),
        (f"{NEW}:NoSchedule,a:NoSchedule", ["warning"]),
        ("node.kubernetes.io/unschedulable:NoSchedule", []),
        ("node.kubernetes.io/unreachable:NoExecute,node.kubernetes.io/unreachable:NoSchedule", []),
    ],
)
def test_daemonsets_kept_off(taint: str, found: list[str]) -> None:
    """By taints that last; the control plane's role is a remark."""
    severities = [s for rule, s in _rules(_nodes(taint), _workload("DaemonSet"), whole=False) if rule == "daemonset-kept-off"]  # fmt: skip
    assert severities == found


OLD_KEY = {"key": OLD, "operator": "Exists", "effect": "NoSchedule"}


@pytest.mark.parametrize(
    ("tolerations", "carried", "found"),
    [
        ([OLD_KEY], False, ["warning"]),
        ([OLD_KEY, OLD_KEY | {"key": NEW}], False, ["info"]),
        ([OLD_KEY, OLD_KEY | {"key": NEW}], True, ["warning"]),  # the node's own
        ([OLD_KEY, {"key": NEW, "operator": "Exists"}], False, ["info"]),
        ([OLD_KEY, {"key": NEW, "value": "other"}], False, ["warning"]),
        ([OLD_KEY, OLD_KEY | {"key": NEW, "effect": "NoExecute"}], False, ["warning"]),
        ([OLD_KEY | {"key": NEW}], False, []),
    ],
)
def test_old_keys(tolerations: list[dict[str, str]], carried: bool, found: list[str]) -> None:
    """The new key counts where it matches by the exact rules, not where it is merely named."""
    nodes = _nodes(f"{OLD}:NoSchedule") if carried else ()
    findings = _rules(nodes, _workload("Deployment", *tolerations))
    assert findings == [("old-key", severity) for severity in found]


@pytest.mark.parametrize(
    ("taints", "command"),
    [
        (
            f"{OLD}:NoSchedule",
            f"kubectl taints add n0 {NEW}:NoSchedule && kubectl taints remove n0 {OLD}:NoSchedule-",
        ),
        (
            f"{OLD}=x:NoExecute",
            f"kubectl taints add n0 {NEW}=x:NoExecute && kubectl taints remove n0 {OLD}:NoExecute-",
        ),
        (f"{OLD}:NoSchedule,{NEW}:NoSchedule", f"kubectl taints remove n0 {OLD}:NoSchedule-"),
    ],
)
def test_an_old_key_is_renamed(taints: str, command: str) -> None:
    """The new key is there before the old one goes."""
    (finding,) = lint(Linted(_nodes(taints)))
    assert finding.fix
    assert finding.fix.command == command


@pytest.mark.parametrize("kind", ["DaemonSet", "Deployment", "Shard"])
def test_a_pod_is_not_the_template_it_was_made_from(kind: str) -> None:
    """No rule takes one for the other; of a kind that nobody reads, a pod shows what it tolerates."""
    group = "example.com" if kind == "Shard" else "apps"
    spec = msgspec.convert({"tolerations": [EXISTS | {"effect": "NoExecute"}, OLD_KEY]}, PodSpec)
    workload = Workload(group, kind, "n", "w", spec, own=False)
    found = lint(Linted(_nodes("a:NoSchedule"), (workload,)))
    rules = ["old-key", "tolerates-everything"] if kind == "Shard" else []
    assert [finding.rule for finding in found] == rules
    assert all(finding.fix is None for finding in found)
    assert [f.evidence for f in found if f.rule == "tolerates-everything"] == [
        ["what it made tolerates any NoExecute taint"] for rule in rules if rule != "old-key"
    ]


def test_anothers_daemonset_is_none_of_ours() -> None:
    """A pod of it insists on its own node, which says nothing of the others."""
    workload = Workload("apps.kruise.io", "DaemonSet", "n", "w", PodSpec(), own=False)
    assert lint(Linted(_nodes("a:NoSchedule"), (workload,))) == []


def test_each_rule_has_one_name_and_says_what_it_needs() -> None:
    """What is unknown without a list is told by the rules themselves."""
    rules = {rule.id: rule for rule in (*CLUSTER_RULES, *MANIFEST_RULES)}
    assert len(rules) == len({rule.find for rule in rules.values()})
    assert affected("nodes") == ["cordon-mismatch", "daemonset-kept-off", "old-key", "untolerated-taint"]  # fmt: skip
    assert affected("jobs") == ["old-key", "tolerates-everything", "untolerated-taint"]
