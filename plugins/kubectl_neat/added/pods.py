"""What admission, the scheduler and controllers add to a pod, and to no template."""

import re
from collections.abc import Iterator

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work
from kubectl_neat.removal import Path

TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount"
UNREACHABLE = ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")
TOLERATION_SECONDS = 300
CONTROLLERS_LABELS = {
    "apps.kubernetes.io/pod-index",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
    "batch.kubernetes.io/job-name",
    "controller-revision-hash",
    "controller-uid",
    "job-name",
    "pod-template-generation",
    "pod-template-hash",
    "statefulset.kubernetes.io/pod-name",
}
_LIMIT_RANGER = ("metadata", "annotations", "kubernetes.io/limit-ranger")
_SET = re.compile(r"(.+) (request|limit) for (init container|container) (\S+)")
_APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/"


def containers(work: Work, *fields: str) -> Iterator[tuple[Path, dict[str, object]]]:
    """The pod's containers with their places; of all lists where none is named."""
    for field in fields or ("containers", "initContainers", "ephemeralContainers"):
        yield from list(work.mappings(("spec", field)))


def take_service_account(work: Work, evidence: Evidence) -> None:
    """ServiceAccount admission: the account default, and its token's volume with every mount of it."""
    if work.find(("spec", "serviceAccountName")) == "default":
        for field in ("serviceAccountName", "serviceAccount"):
            work.drop(("spec", field), "the ServiceAccount admission plugin's default")
    for path, volume in list(work.mappings(("spec", "volumes"))):
        name = volume.get("name")
        if _is_token(volume) and work.drop(
            path, "the token's volume, from the ServiceAccount admission plugin"
        ):
            _take_mounts(work, name)
    work.drop_emptied(("spec", "volumes"))


def _take_mounts(work: Work, name: object) -> None:
    for container, _ in containers(work):
        for path, mount in list(work.mappings((*container, "volumeMounts"))):
            if mount.get("name") == name and mount.get("mountPath") == TOKEN_PATH:
                work.drop(path, "the token's mount, from the ServiceAccount admission plugin")
        work.drop_emptied((*container, "volumeMounts"))


def _is_token(volume: dict[str, object]) -> bool:
    name, projected, secret = str(volume.get("name")), volume.get("projected"), volume.get("secret")
    if isinstance(projected, dict):
        told = projected.get("sources")  # null where there are none
        sources = (
            [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []
        )
        is_access = re.fullmatch("kube-api-access-[a-z0-9]{5}", name) is not None
        return is_access and any("serviceAccountToken" in source for source in sources)
    is_legacy = re.fullmatch(".+-token-[a-z0-9]{5}", name) is not None
    return is_legacy and isinstance(secret, dict) and secret.get("secretName") == name


def take_default_tolerations(work: Work, evidence: Evidence) -> None:
    """DefaultTolerationSeconds admission: it appends what no toleration covers, in the order of UNREACHABLE.

    So only the last ones can be its own; RuntimeClass admission may have appended others after them.
    """
    left = list(work.mappings(("spec", "tolerations")))
    if not all(any(_covers(each, key) for _, each in left) for key in UNREACHABLE):
        return  # a pod that this admission has not seen
    has_class = bool(work.find(("spec", "runtimeClassName")))
    for key in reversed(UNREACHABLE):
        added = {
            "key": key,
            "operator": "Exists",
            "effect": "NoExecute",
            "tolerationSeconds": TOLERATION_SECONDS,
        }
        for path, toleration in left if has_class else left[-1:]:
            if toleration == added and work.drop(
                path, "the DefaultTolerationSeconds admission plugin's default"
            ):
                left = [each for each in left if each[0] != path]
    work.drop_emptied(("spec", "tolerations"))


def _covers(toleration: dict[str, object], key: str) -> bool:
    """Whether the admission plugin leaves the pod to it."""
    effect = toleration.get("effect") or "NoExecute"
    return effect == "NoExecute" and (toleration.get("key") or key) == key


def take_priority(work: Work, evidence: Evidence) -> None:
    """Priority admission computes both of the class, and refuses another cluster's numbers."""
    for field in ("priority", "preemptionPolicy"):
        work.drop(("spec", field), "computed by the Priority admission plugin", even_written=True)


def take_limit_ranger(work: Work, evidence: Evidence) -> None:
    """LimitRanger admission notes in an annotation what it set."""
    note = work.find(_LIMIT_RANGER)
    prefix = "LimitRanger plugin set: "
    if not isinstance(note, str) or not note.startswith(prefix):
        return
    for part in note.removeprefix(prefix).split("; "):
        found = _SET.fullmatch(part)
        for name in found[1].split(", ") if found else ():
            lists = "initContainers" if found and found[3] == "init container" else "containers"
            for path, container in containers(work, lists):
                if found and container.get("name") == found[4]:
                    work.drop(
                        (*path, "resources", f"{found[2]}s", name),
                        "set by the LimitRanger admission plugin",
                    )
    for path, _ in containers(work, "containers", "initContainers"):
        for field in ("requests", "limits"):
            work.drop_emptied((*path, "resources", field))


def take_overhead(work: Work, evidence: Evidence) -> None:
    """RuntimeClass admission sets the class's overhead, and refuses another."""
    if work.find(("spec", "runtimeClassName")):
        work.drop(
            ("spec", "overhead"), "the RuntimeClass's overhead, set by admission", even_written=True
        )


def take_placement(work: Work, evidence: Evidence) -> None:
    """The scheduler's choice, and what the node's place adds to the labels."""
    if _is_placed_by_its_author(work, evidence):
        return
    if not work.drop(("spec", "nodeName"), "chosen by the scheduler"):
        return
    for name in ("topology.kubernetes.io/zone", "topology.kubernetes.io/region"):
        work.drop(
            ("metadata", "labels", name), "the node's, from the PodTopologyLabels admission plugin"
        )


def _is_placed_by_its_author(work: Work, evidence: Evidence) -> bool:
    """A binding has no field manager, so that a managed nodeName was there from the start."""
    is_managed = ("spec", "nodeName") in (evidence.managed or ())
    return is_managed and not work.find(("metadata", "ownerReferences"))


def take_ephemeral_containers(work: Work, evidence: Evidence) -> None:
    """No pod can be created with them."""
    reason = "added by kubectl debug: no pod can be created with one"
    work.drop(("spec", "ephemeralContainers"), reason, even_written=True)


def take_app_armor_annotations(work: Work, evidence: Evidence) -> None:
    """The server writes the old annotation beside the field, and the field beside the annotation."""
    managed = evidence.managed or frozenset()
    for path, container in containers(work):
        profiles = [(*at, "securityContext", "appArmorProfile") for at in (("spec",), path)]
        annotation = ("metadata", "annotations", f"{_APP_ARMOR}{container.get('name')}")
        if annotation in managed and managed.isdisjoint(profiles):
            continue  # the user wrote this one, and the field goes as unmanaged
        if any(work.find(profile) for profile in profiles):
            work.drop(annotation, "written by the server beside appArmorProfile")


def take_controllers_labels(work: Work, evidence: Evidence) -> None:
    """What a controller marks its pods with."""
    if work.find(("metadata", "ownerReferences")):
        for name in sorted(CONTROLLERS_LABELS):
            work.drop(("metadata", "labels", name), "the mark of the pod's controller")


def take_template_hash(work: Work, evidence: Evidence) -> None:
    """A Deployment's mark on its ReplicaSet, three times."""
    if work.find(("metadata", "ownerReferences")):
        for path in (
            ("metadata", "labels"),
            ("spec", "selector", "matchLabels"),
            ("spec", "template", "metadata", "labels"),
        ):
            work.drop((*path, "pod-template-hash"), "the mark of the Deployment")
