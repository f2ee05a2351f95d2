"""The defaults of apps/v1, batch/v1 and ReplicationController that depend on other fields."""

from kubectl_neat.defaults.rules.rule import Filled, Node

MAX_INT32 = 2**31 - 1


def _set_deployment_strategy(strategy: Node) -> None:
    """SetDefaults_Deployment."""
    if strategy.setdefault("type", "RollingUpdate") == "RollingUpdate":
        rolling = strategy.setdefault("rollingUpdate", {})
        rolling.setdefault("maxUnavailable", "25%")
        rolling.setdefault("maxSurge", "25%")


def _set_daemon_set_strategy(strategy: Node) -> None:
    """SetDefaults_DaemonSet."""
    if strategy.setdefault("type", "RollingUpdate") == "RollingUpdate":
        rolling = strategy.setdefault("rollingUpdate", {})
        rolling.setdefault("maxUnavailable", 1)
        rolling.setdefault("maxSurge", 0)


def _set_stateful_set_strategy(strategy: Node) -> None:
    """SetDefaults_StatefulSet: a type that is given brings no rollingUpdate with it."""
    if "type" not in strategy:
        strategy["type"] = "RollingUpdate"
        strategy.setdefault("rollingUpdate", {})


def _set_job(job: Node) -> None:
    """SetDefaults_Job."""
    spec = job.setdefault("spec", {})
    if "completions" not in spec and "parallelism" not in spec:
        spec["completions"] = 1
    spec.setdefault("parallelism", 1)
    spec.setdefault("backoffLimit", MAX_INT32 if "backoffLimitPerIndex" in spec else 6)
    spec.setdefault("completionMode", "NonIndexed")
    spec.setdefault("suspend", False)
    failed = "Failed" if "podFailurePolicy" in spec else "TerminatingOrFailed"
    spec.setdefault("podReplacementPolicy", failed)
    spec.setdefault("manualSelector", False)


def _labels_of_template(workload: Node) -> None:
    labels = workload.get("spec", {}).get("template", {}).get("metadata", {}).get("labels")
    if labels and not workload.get("metadata", {}).get("labels"):
        workload.setdefault("metadata", {})["labels"] = dict(labels)


def _set_job_labels(job: Node) -> None:
    """SetDefaults_Job. Where the selector is generated the copy has its labels too: see added/jobs.py."""
    if job.get("spec", {}).get("manualSelector"):
        _labels_of_template(job)


def _set_replication_controller(controller: Node) -> None:
    """SetDefaults_ReplicationController."""
    _labels_of_template(controller)
    spec = controller.setdefault("spec", {})
    labels = spec.get("template", {}).get("metadata", {}).get("labels")
    if labels and not spec.get("selector"):
        spec["selector"] = dict(labels)


_ROLLING = ("rollingUpdate", "rollingUpdate.maxUnavailable", "rollingUpdate.maxSurge", "type")
_TEMPLATE_LABELS = ("spec.template.metadata.labels",)

DEPLOYMENT_STRATEGY = Filled(_ROLLING, _set_deployment_strategy)
DAEMON_SET_STRATEGY = Filled(_ROLLING, _set_daemon_set_strategy)
STATEFUL_SET_STRATEGY = Filled(("type",), _set_stateful_set_strategy, ("rollingUpdate",))
JOB = Filled(
    tuple(
        f"spec.{field}"
        for field in (
            "parallelism",
            "completions",
            "backoffLimit",
            "completionMode",
            "suspend",
            "podReplacementPolicy",
            "manualSelector",
        )
    ),
    _set_job,
    ("spec.backoffLimitPerIndex", "spec.podFailurePolicy"),
)
_COPIED = "the template's labels, which are the default"
JOB_LABELS = Filled(
    ("metadata.labels",), _set_job_labels, (*_TEMPLATE_LABELS, "spec.manualSelector"), _COPIED
)
REPLICATION_CONTROLLER = Filled(
    ("metadata.labels", "spec.selector"), _set_replication_controller, _TEMPLATE_LABELS, _COPIED
)
