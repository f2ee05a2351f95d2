"""What the API server fills in before it judges, seen on what a dry run gives back."""

from random import Random
from typing import Any

import msgspec

from kubectl_psa_audit.defaulting import created
from kubectl_psa_audit.evaluate import evaluate
from kubectl_psa_audit.levels import Level, LevelVersion
from kubectl_psa_audit.pod import APP_ARMOR_PREFIX, Pod
from tests.kubectl_psa_audit.asking import KINDS, decoded, wrapped
from tests.lab.lab import Lab
from tests.seeds import cases, rng

PODS = "/api/v1/namespaces/default/pods?dryRun=All"
DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments?dryRun=All"
PROFILES = {
    "unconfined": {"type": "Unconfined"},
    "runtime/default": {"type": "RuntimeDefault"},
    "localhost/x": {"type": "Localhost", "localhostProfile": "x"},
}


def test_a_pod_is_judged_as_it_is_created(lab: Lab) -> None:
    """200 random pods: what refuses ours also refuses the server's, field by field."""
    random, found = rng("created"), set[str]()
    for _ in range(cases(200)):
        manifest = _pod(random)
        ours = msgspec.convert(manifest, Pod)
        theirs = msgspec.convert(lab.api.send("POST", PODS, manifest), Pod)
        spec = created(ours.metadata.annotations, ours.spec)
        for level in (Level.BASELINE, Level.RESTRICTED):
            violations = evaluate(theirs.metadata, theirs.spec, LevelVersion(level))
            assert evaluate(ours.metadata, spec, LevelVersion(level)) == violations, manifest
            found |= {each.check for each in violations}
    assert found >= {"appArmorProfile", "hostPorts", "hostNamespaces", "restrictedVolumes"}


def test_a_template_gets_less(lab: Lab) -> None:
    """A Deployment on the host's network: a volume is an emptyDir, but no port becomes a host port."""
    ports, volumes = [{"containerPort": 80}], [{"name": "v"}]
    containers = [{"name": "c", "image": "i", "ports": ports}]
    spec = {"hostNetwork": True, "containers": containers, "volumes": volumes}
    labels = {"app": "w"}
    pod = {"metadata": {"labels": labels}, "spec": spec}
    manifest = wrapped("Deployment", pod)
    manifest["spec"]["selector"] = {"matchLabels": labels}
    answer = lab.api.send("POST", DEPLOYMENTS, manifest)
    kind = KINDS["Deployment"]
    stored = kind.template(msgspec.convert(answer, kind.resource.type)).spec
    assert decoded(manifest)[1] == stored
    assert stored.volumes[0].source == "emptyDir"
    assert stored.containers[0].ports[0].host_port == 0


def _pod(random: Random) -> dict[str, Any]:
    annotations: dict[str, str] = {}
    containers = [_container(random, name, annotations) for name in "abcd"[: random.randint(2, 4)]]
    volumes = [[], [{"name": "v"}], [{"name": "v", "hostPath": {"path": "/"}}]]
    spec: dict[str, Any] = {
        "initContainers": containers[1:],
        "containers": containers[:1],
        "automountServiceAccountToken": False,
        "hostNetwork": random.random() < 0.5,
        "volumes": random.choice(volumes),
    }
    if random.random() < 0.3:
        spec["securityContext"] = {"appArmorProfile": random.choice(list(PROFILES.values()))}
    elif random.random() < 0.2:
        spec["os"] = {"name": "windows"}
        for container in containers:
            container.pop("securityContext", None)
    metadata = {"name": "p", "annotations": annotations}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def _container(random: Random, name: str, annotations: dict[str, str]) -> dict[str, Any]:
    """With an AppArmor profile in an annotation, in a field, in both or in neither."""
    container: dict[str, Any] = {"name": name, "image": "i"}
    number = 1000 + ord(name)
    container["ports"] = random.choice(
        [[], [{"containerPort": number}], [{"containerPort": number, "hostPort": number}]]
    )
    annotation, profile = random.choice(list(PROFILES.items()))
    if random.random() < 0.5:
        annotations[f"{APP_ARMOR_PREFIX}{name}"] = annotation
    if random.random() < 0.3:
        container["securityContext"] = {"appArmorProfile": profile}
    return container
