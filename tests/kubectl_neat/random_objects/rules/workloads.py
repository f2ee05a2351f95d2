"""What validation asks of the kinds that have a pod template."""

from collections.abc import Callable

from tests.kubectl_neat.random_objects.maker import Maker, Tree
from tests.kubectl_neat.random_objects.rules.drawing import drop, give, map_of, one_of
from tests.kubectl_neat.random_objects.rules.pods import LABELS

PODS_TIME = ("activeDeadlineSeconds",)


def runs_forever(maker: Maker, tree: Tree) -> None:
    """Its pods restart, and its selector takes its template's labels."""
    give(maker, tree, "core.v1.ReplicationControllerSpec", "template")
    tree["selector"] = {"matchLabels": dict(LABELS)}
    spec = tree["template"]["spec"]
    drop(spec, *PODS_TIME, "restartPolicy")
    if maker.hit():
        spec["restartPolicy"] = "Always"


def controller(maker: Maker, tree: Tree) -> None:
    """Its selector is a plain map, by default the template's labels."""
    runs_forever(maker, tree)
    drop(tree, "selector")
    if maker.hit():
        tree["selector"] = dict(maker.one((LABELS, tree["template"]["metadata"]["labels"])))


def deployment(maker: Maker, tree: Tree) -> None:
    """Progress takes longer than being ready, and some pod may move."""
    runs_forever(maker, tree)
    if "progressDeadlineSeconds" in tree or tree.get("minReadySeconds", 0) > 500:
        tree["minReadySeconds"] = maker.one((0, 1))


def rolling(name: str) -> Callable[[Maker, Tree], None]:
    """The mend of a strategy that only rolls with parameters for it."""

    def mend(maker: Maker, tree: Tree) -> None:
        if tree.get("type", "RollingUpdate") != "RollingUpdate":
            drop(tree, "rollingUpdate")
        elif "rollingUpdate" in tree and "type" not in tree and maker.one((True, False)):
            tree["type"] = "RollingUpdate"
        rolled = tree.get("rollingUpdate", {})
        if {str(rolled.get(field)) for field in ("maxSurge", "maxUnavailable")} == {"0"}:
            drop(rolled, *rolled)
        if str(rolled.get("maxSurge", 1)) == "0" and name == "Deployment":
            rolled["maxUnavailable"] = 1
        if name == "DaemonSet":
            rolled.update({"maxUnavailable": 1} if "maxUnavailable" in rolled else {})
            drop(rolled, "maxSurge")
            if maker.hit() and "maxUnavailable" in rolled:
                rolled["maxSurge"] = 0
        if name == "StatefulSet" and rolled.get("maxUnavailable") == 0:
            rolled["maxUnavailable"] = 1

    return mend


def stateful(maker: Maker, tree: Tree) -> None:
    """Its claims have names, and say what becomes of them in both cases."""
    runs_forever(maker, tree)
    for position, claim in enumerate(tree.get("volumeClaimTemplates", ())):
        claim["metadata"] = {"name": f"data{position}"}
    if maker.one((True, False)):
        for claim in tree.get("volumeClaimTemplates", ()):
            claim |= {"apiVersion": "v1", "kind": "PersistentVolumeClaim"}


def job(maker: Maker, tree: Tree) -> None:
    """It ends; what it says of indexes is only for a job that has them."""
    spec = tree["template"]["spec"]
    spec["restartPolicy"] = maker.one(("Never", "OnFailure"))
    drop(tree, "manualSelector", "selector", "scheduling")
    if tree.get("completionMode") == "Indexed":
        give(maker, tree, "batch.v1.JobSpec", "completions")
    else:
        drop(tree, "backoffLimitPerIndex", "maxFailedIndexes", "successPolicy")
    if "backoffLimitPerIndex" not in tree:
        drop(tree, "maxFailedIndexes")
    elif "maxFailedIndexes" in tree:
        tree["maxFailedIndexes"] = 0
    if "backoffLimitPerIndex" in tree or "podFailurePolicy" in tree:
        spec["restartPolicy"] = "Never"
    if "podFailurePolicy" in tree and "podReplacementPolicy" in tree:
        tree["podReplacementPolicy"] = "Failed"
    for rule in tree.get("podFailurePolicy", {}).get("rules", ()):
        if rule["action"] == "FailIndex" and "backoffLimitPerIndex" not in tree:
            rule["action"] = "Count"
    for container in (*spec["containers"], *spec.get("initContainers", ())):
        if spec["restartPolicy"] == "Never":
            drop(container, "resizePolicy")


def single_job(maker: Maker, tree: Tree) -> None:
    """A job of no CronJob may choose its pods itself."""
    if "spec" in tree and maker.hit(0.5):
        tree["spec"] |= {"manualSelector": True, "selector": {"matchLabels": dict(LABELS)}}


def cron_job(maker: Maker, tree: Tree) -> None:
    """It has jobs to make."""
    give(maker, tree["jobTemplate"], "batch.v1.JobTemplateSpec", "spec")


def failure_rule(maker: Maker, tree: Tree) -> None:
    """Exit codes, or conditions of the pod."""
    if maker.one((True, False)) and "onExitCodes" in tree:
        drop(tree, "onPodConditions")
    else:
        drop(tree, "onExitCodes")
        tree["onPodConditions"] = [
            {"type": "DisruptionTarget"} | maker.one(({}, {"status": "True"}))
        ]


def success_rule(maker: Maker, tree: Tree) -> None:
    """How many, of which indexes."""
    tree["succeededIndexes"] = "0"
    drop(tree, "succeededCount")


def success_policy(maker: Maker, tree: Tree) -> None:
    """Some rule."""
    tree["rules"] = tree["rules"] or [{"succeededIndexes": "0"}]


SURGE = one_of(1, "25%", 0, 2, "10%")
FIELDS = {
    "replicas": one_of(1, 0, 2),
    "minReadySeconds": one_of(0, 1, 10),
    "maxSurge": SURGE, "maxUnavailable": SURGE,
    "apps.v1.DeploymentSpec.progressDeadlineSeconds": one_of(600, 601, 2147483647),
    "apps.v1.StatefulSetUpdateStrategy.type": one_of("RollingUpdate", "OnDelete"),
    "apps.v1.StatefulSetSpec.serviceName": one_of("", "web"),
    "apps.v1.StatefulSetOrdinals.start": one_of(0, 1),
    "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted": one_of("Retain", "Delete"),
    "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled": one_of("Retain", "Delete"),
    "apps.v1.ControllerRevision.revision": one_of(0, 1, 2),
    "apps.v1.ControllerRevision.data": one_of({}, {"a": {"b": []}}),
    "batch.v1.JobSpec.activeDeadlineSeconds": one_of(0, 600),
    "batch.v1.JobSpec.managedBy": one_of("kubernetes.io/job-controller", "example.com/c"),
    "batch.v1.CronJobSpec.schedule": one_of("0 3 * * *", "@daily", "*/5 * * * *"),
    "batch.v1.CronJobSpec.timeZone": one_of("Etc/UTC", "Europe/Berlin"),
    "batch.v1.CronJobSpec.startingDeadlineSeconds": one_of(0, 60),
    "batch.v1.PodFailurePolicyOnExitCodesRequirement.values": one_of([1], [1, 2]),
    "batch.v1.PodFailurePolicyOnExitCodesRequirement.containerName": one_of("c0"),
    "batch.v1.JobTemplateSpec.metadata": map_of((), ()),
}  # fmt: skip
MENDS = {
    "core.v1.ReplicationControllerSpec": controller,
    "apps.v1.ReplicaSetSpec": runs_forever,
    "apps.v1.DeploymentSpec": deployment,
    "apps.v1.DaemonSetSpec": runs_forever,
    "apps.v1.StatefulSetSpec": stateful,
    "apps.v1.DeploymentStrategy": rolling("Deployment"),
    "apps.v1.DaemonSetUpdateStrategy": rolling("DaemonSet"),
    "apps.v1.StatefulSetUpdateStrategy": rolling("StatefulSet"),
    "batch.v1.JobSpec": job,
    "batch.v1.Job": single_job,
    "batch.v1.CronJobSpec": cron_job,
    "batch.v1.PodFailurePolicyRule": failure_rule,
    "batch.v1.SuccessPolicy": success_policy,
    "batch.v1.SuccessPolicyRule": success_rule,
}
