"""SetDefaults_HorizontalPodAutoscaler of pkg/apis/autoscaling/{v1,v2}."""

from kubectl_neat.defaults.rules.rule import Filled, Node

CPU = 80  # per cent, DefaultCPUUtilization


def _set_behavior(behavior: Node) -> None:
    """GenerateHPAScaleUpRules and GenerateHPAScaleDownRules."""
    percent = {"type": "Percent", "value": 100, "periodSeconds": 15}
    up, down = behavior.setdefault("scaleUp", {}), behavior.setdefault("scaleDown", {})
    up.setdefault("stabilizationWindowSeconds", 0)
    up.setdefault("policies", [{"type": "Pods", "value": 4, "periodSeconds": 15}, percent])
    down.setdefault("policies", [percent])
    up.setdefault("selectPolicy", "Max")
    down.setdefault("selectPolicy", "Max")


def _set_cpu(spec: Node) -> None:
    """The conversion to v2 and back: a v1 object without a target gets the usual one."""
    spec.setdefault("targetCPUUtilizationPercentage", CPU)


_WAYS, _FIELDS = (
    ("scaleUp", "scaleDown"),
    ("policies", "selectPolicy", "stabilizationWindowSeconds"),
)
BEHAVIOR = Filled(
    (*_WAYS, *(f"{way}.{field}" for way in _WAYS for field in _FIELDS)), _set_behavior
)
V1_TARGET = Filled(("targetCPUUtilizationPercentage",), _set_cpu)
