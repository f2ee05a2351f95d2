"""What the real controllers make of a template is what a manifest's draft becomes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from kubectl_fieldkit.manifests import read_manifests
from kubectl_why_pending.admission import Admitted, admit, draft, pinned
from kubectl_why_pending.admission.draft import NEW
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.storage import Claim
from kubectl_why_pending.scheduler.cluster import Lists
from tests.kubectl_why_pending.admission_live import add_classes, read_lists
from tests.kubectl_why_pending.admission_manifests import LABELS, Manifests, Thing
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for
from tests.seeds import rng

NAMESPACE = "owners"
LIMITS: Thing = {
    "metadata": {"name": "limits"},
    "spec": {
        "limits": [
            {"type": "Container", "default": {"cpu": "500m"}, "defaultRequest": {"memory": "64Mi"}}
        ]
    },
}
STORAGE: Thing = {
    "metadata": {
        "name": "standard",
        "annotations": {"storageclass.kubernetes.io/is-default-class": "true"},
    },
    "provisioner": "kubernetes.io/no-provisioner",
    "volumeBindingMode": "WaitForFirstConsumer",
}


@pytest.fixture(scope="module")
def cluster(own_lab: Lab) -> Iterator[Lab]:
    """A node, a namespace with limits, and classes, of which some are the default."""
    api = own_lab.api
    add_classes(own_lab)
    usual = {"metadata": {"name": "usual"}, "value": 5, "globalDefault": True}
    api.send("POST", "/apis/scheduling.k8s.io/v1/priorityclasses", usual)
    api.send("POST", "/apis/storage.k8s.io/v1/storageclasses", STORAGE)
    api.send("POST", "/api/v1/namespaces", {"metadata": {"name": NAMESPACE}})
    api.send("POST", f"/api/v1/namespaces/{NAMESPACE}/limitranges", LIMITS)
    account = f"{NAMESPACE}/serviceaccounts/default"
    words = ("get", "--raw", f"/api/v1/namespaces/{account}")
    wait_for("an account", lambda: own_lab.kubectl(*words, check=False).returncode == 0)
    own_lab.add_node("a", labels={"pool": "a", "vm": "yes"})
    yield own_lab


@pytest.fixture(scope="module")
def lists(cluster: Lab) -> Lists:
    """What admission goes by."""
    return read_lists(cluster)


@pytest.fixture(scope="module")
def manifests() -> Manifests:
    """The generator of templates."""
    return Manifests(rng("admission owners"))


@pytest.fixture
def maker(cluster: Lab, lists: Lists, manifests: Manifests, tmp_path: Path) -> "Maker":
    """Makes things for real, and on paper."""
    return Maker(cluster, lists, manifests, tmp_path / "manifest.json")


class Maker:
    """Things of random templates: their first pod as the cluster has it, and ours."""

    def __init__(self, lab: Lab, lists: Lists, manifests: Manifests, file: Path) -> None:
        self.lab, self.lists, self.manifests, self.file = lab, lists, manifests, file

    def make(self, api_version: str, kind: str, spec: Thing, **pod: Any) -> tuple[Admitted, Pod]:
        """A workload of a template that admission lets pass, with this `pod` in its spec."""
        while True:
            template = self.template(**pod)
            name = f"{kind.lower()}-{self.manifests.made}"
            thing = _thing(api_version, kind, name, {**spec, "template": template})
            ours = self.on_paper(thing)
            if not ours.refusals and self._created():
                return ours, self.first_pod(ours)

    def _created(self) -> bool:
        """False where the API takes no such template, though it would take the pod with its defaults."""
        done = self.lab.kubectl("create", "-f", str(self.file), check=False)
        assert done.returncode == 0 or "is invalid" in done.stderr, done.stderr
        return done.returncode == 0

    def template(self, **pod: Any) -> Thing:
        """A pod's labels and spec."""
        made = self.manifests.pod(NAMESPACE)
        made["spec"].pop("activeDeadlineSeconds", None)  # which not every kind may have
        return {"metadata": {"labels": LABELS}, "spec": {**made["spec"], **pod}}

    def on_paper(self, thing: Thing) -> Admitted:
        """The first pod that we say it makes."""
        self.file.write_text(json.dumps(thing))
        (manifest,) = read_manifests([str(self.file)])
        found = draft(manifest, "default")
        assert found is not None
        return admit(found, self.lists)

    def first_pod(self, ours: Admitted) -> Pod:
        """The cluster's pod of the name that ours has, or of one that begins so."""
        name = ours.pod.metadata.name

        def found() -> Any:
            pods = msgspec.convert(self.get("pods"), list[Pod])
            return next(
                (pod for pod in pods if f"{pod.metadata.name}-".startswith(f"{name}-")), None
            )

        pod: Pod = wait_for(f"a pod of {name}", found, 30)
        return pod

    def get(self, plural: str) -> list[Thing]:
        """All of the namespace."""
        path = f"/api/v1/namespaces/{NAMESPACE}/{plural}"
        items: list[Thing] = self.lab.api.send("GET", path)["items"]
        return items


def _thing(api_version: str, kind: str, name: str, spec: Thing) -> Thing:
    meta = {"name": name, "namespace": NAMESPACE}
    return {"apiVersion": api_version, "kind": kind, "metadata": meta, "spec": spec}


def _assert_same(ours: Pod, theirs: Pod) -> None:
    """Wherever the scheduler put it meanwhile; a label that we cannot know has any value."""
    wanted = ours.metadata.labels
    there = {k: NEW if wanted.get(k) == NEW else v for k, v in theirs.metadata.labels.items()}
    assert wanted == there
    assert ours.spec == replace(theirs.spec, node_name="")


@pytest.mark.parametrize("_turn", range(4))
@pytest.mark.parametrize(
    ("api_version", "kind", "selector"),
    [
        ("apps/v1", "Deployment", {"matchLabels": LABELS}),
        ("apps/v1", "ReplicaSet", {"matchLabels": LABELS}),
        ("v1", "ReplicationController", LABELS),
    ],
)
def test_replicas(maker: Maker, api_version: str, kind: str, selector: Thing, _turn: int) -> None:
    """Pods of the template as it is."""
    ours, theirs = maker.make(api_version, kind, {"replicas": 1, "selector": selector})
    _assert_same(ours.pod, theirs)


@pytest.mark.parametrize("_turn", range(4))
def test_the_pods_of_a_daemon_set(maker: Maker, _turn: int) -> None:
    """They tolerate what befalls nodes, and each is for one node."""
    where = {"nodeSelector": {"pool": "a"}, "runtimeClassName": "pinned"}
    spec = {"selector": {"matchLabels": LABELS}}
    ours, theirs = maker.make("apps/v1", "DaemonSet", spec, **where)
    _assert_same(pinned(ours.pod, "a"), theirs)


@pytest.mark.parametrize("_turn", range(4))
def test_the_first_pod_of_a_stateful_set(maker: Maker, _turn: int) -> None:
    """Its name and index are labels, and its claims are made."""
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "0.5Gi"}}}
    spec = {
        "serviceName": "x",
        "ordinals": {"start": _turn},
        "selector": {"matchLabels": LABELS},
        "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": claim}],
    }
    ours, theirs = maker.make("apps/v1", "StatefulSet", spec)
    _assert_same(ours.pod, theirs)
    _assert_same_claims(maker, ours)


def _assert_same_claims(maker: Maker, ours: Admitted) -> None:
    def all_there() -> Any:
        claims = msgspec.convert(maker.get("persistentvolumeclaims"), list[Claim])
        there = {claim.metadata.name: claim for claim in claims}
        return there if {claim.metadata.name for claim in ours.claims} <= there.keys() else None

    there: dict[str, Claim] = wait_for("the claims", all_there, 30)
    assert ours.claims
    for claim in ours.claims:
        theirs = there[claim.metadata.name]
        assert (claim.spec, claim.status) == (theirs.spec, theirs.status)
        assert claim.metadata.labels == theirs.metadata.labels


def test_a_pod_with_a_volume_of_its_own(maker: Maker) -> None:
    """The claim of an ephemeral volume is POD-VOLUME, and the pod's."""
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1500M"}}}
    volume = {"name": "own", "ephemeral": {"volumeClaimTemplate": {"spec": claim}}}
    spec = {"containers": [{"name": "c", "image": "x"}], "volumes": [volume]}
    ours = maker.on_paper(_thing("v1", "Pod", "with-volume", spec))
    maker.lab.kubectl("create", "-f", str(maker.file))
    assert maker.first_pod(ours).spec.priority == ours.pod.spec.priority == 5
    _assert_same_claims(maker, ours)
    assert [owner.name for owner in ours.claims[0].metadata.owner_references] == ["with-volume"]


@pytest.mark.parametrize("mode", ["NonIndexed", "Indexed"])
@pytest.mark.parametrize("_turn", range(3))
def test_the_first_pod_of_a_job(maker: Maker, mode: str, _turn: int) -> None:
    """It has the job's name, and its index, as labels."""
    spec = {"completionMode": mode, "completions": 1}
    ours, theirs = maker.make("batch/v1", "Job", spec, restartPolicy="Never")
    _assert_same(ours.pod, theirs)


def test_the_job_of_a_cron_job(maker: Maker) -> None:
    """A CronJob's pods are those of the job that it makes, but for the job's name."""
    template = maker.template(restartPolicy="Never", priorityClassName="high", priority=1000)
    for chosen in (
        "runtimeClassName",
        "overhead",
        "preemptionPolicy",
        "resources",
        "initContainers",
    ):
        template["spec"].pop(chosen, None)
    template["spec"]["containers"] = [{"name": "c", "image": "x"}]
    spec = {"schedule": "0 0 1 1 *", "jobTemplate": {"spec": {"template": template}}}
    ours = maker.on_paper(_thing("batch/v1", "CronJob", "nightly", spec))
    assert ours.refusals == ()
    maker.lab.kubectl("create", "-f", str(maker.file))
    maker.lab.kubectl("create", "job", "nightly-1", "--from=cronjob/nightly", "-n", NAMESPACE)
    theirs = maker.first_pod(ours)
    assert ours.pod.metadata.labels.keys() == theirs.metadata.labels.keys()
    assert ours.pod.spec == replace(theirs.spec, node_name="")


def test_a_pod_template_is_a_pod(maker: Maker) -> None:
    """A PodTemplate makes nothing by itself; it is judged as the pod it describes."""
    template = maker.template()
    thing = {**_thing("v1", "PodTemplate", "x", {}), "template": template}
    pod = {"apiVersion": "v1", "kind": "Pod", **template}
    assert maker.on_paper(thing).pod.spec == maker.on_paper(_named(pod)).pod.spec


def _named(pod: Thing) -> Thing:
    return {**pod, "metadata": {**pod["metadata"], "name": "x", "namespace": NAMESPACE}}


def test_other_kinds_have_no_pod(maker: Maker) -> None:
    """A manifest of another kind is no draft."""
    maker.file.write_text(json.dumps(_thing("v1", "ConfigMap", "x", {})))
    (manifest,) = read_manifests([str(maker.file)])
    assert draft(manifest, NAMESPACE) is None
