"""One object put to our checks and to upstream's."""

from typing import Any

import msgspec

from kubectl_psa_audit.defaulting import pod_defaults, template_defaults
from kubectl_psa_audit.evaluate import evaluate, sentence
from kubectl_psa_audit.levels import LevelVersion
from kubectl_psa_audit.pod import Pod, PodMeta, PodSpec, TemplateMeta
from kubectl_psa_audit.workloads import WORKLOAD_KINDS

KINDS = {kind.resource.kind: kind for kind in WORKLOAD_KINDS}


def wrapped(kind: str, pod: dict[str, Any]) -> dict[str, Any]:
    """The pod as the template of a workload; a Pod stays one."""
    if kind == "Pod":
        return pod
    template = {"metadata": pod.get("metadata", {}), "spec": pod["spec"]}
    spec: dict[str, Any] = {"template": template}
    if kind == "CronJob":
        spec = {"jobTemplate": {"spec": spec}}
    thing = {
        "apiVersion": KINDS[kind].resource.api_version,
        "kind": kind,
        "metadata": {"name": "w"},
    }
    return thing | ({"template": template} if kind == "PodTemplate" else {"spec": spec})


def decoded(thing: dict[str, Any]) -> tuple[PodMeta | TemplateMeta, PodSpec]:
    """What the checks get of an object that no server has stored yet."""
    data = msgspec.json.encode(thing)
    if thing["kind"] == "Pod":
        pod = msgspec.json.decode(data, type=Pod)
        return pod.metadata, pod_defaults(pod.spec)
    kind = KINDS[thing["kind"]]
    template = kind.template(msgspec.json.decode(data, type=kind.resource.type))
    return template.metadata, template_defaults(template.spec)


def question(at: LevelVersion, thing: dict[str, Any]) -> dict[str, Any]:
    """For the oracle."""
    return {"level": str(at.level), "version": str(at.version), "object": thing}


def answer(at: LevelVersion, metadata: PodMeta | TemplateMeta, spec: PodSpec) -> dict[str, Any]:
    """Ours, in the oracle's form."""
    violations = evaluate(metadata, spec, at)
    findings = [{"reason": each.reason, "detail": each.detail} for each in violations]
    return {"allowed": not violations, "findings": findings, "text": sentence(violations)}
