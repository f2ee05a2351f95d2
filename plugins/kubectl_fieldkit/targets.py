"""What a command is about, as kubectl takes it: `pod/x`, `deploy/web`, `deploy web api`."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.objects.pod import PODS
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.objects.workload import WORKLOAD_KINDS
from kubectl_fieldkit.slashed import slashed

SHORT_NAMES = {
    "po": "pods",
    "deploy": "deployments",
    "sts": "statefulsets",
    "ds": "daemonsets",
    "rs": "replicasets",
    "rc": "replicationcontrollers",
    "cj": "cronjobs",
}
WITH_PODS: tuple[Resource[Any], ...] = (PODS, *(kind.resource for kind in WORKLOAD_KINDS))


class Target(Struct, frozen=True):
    """One object with a pod or a pod template."""

    resource: Resource[Any]
    name: str

    def __str__(self) -> str:
        return resource_name(self.resource, self.name)


def resource_name(resource: Resource[Any], name: str) -> str:
    """As `kubectl get -o name` spells it, such as `pod/x` or `deployment.apps/web`."""
    kind = resource.kind.lower()
    return f"{kind}.{resource.group}/{name}" if resource.group else f"{kind}/{name}"


def parse_targets(words: Sequence[str]) -> tuple[Target, ...]:
    """The objects that the words name, each once, in their order; UsageError in kubectl's words.

    Mirrors ResourceTypeOrNameArgs of k8s.io/cli-runtime/pkg/resource/builder.go.
    """
    if any("/" in word for word in words):
        named = (Target(find_resource(kind), name) for kind, name in slashed(words))
        return tuple(dict.fromkeys(named))
    resources = [find_resource(kind) for kind in words[0].split(",")] if words else []
    if len(words) < 2:
        raise UsageError("resource(s) were provided, but no name was specified")
    named = (Target(resource, name) for resource in resources for name in words[1:])
    return tuple(dict.fromkeys(named))


def find_resource(word: str) -> Resource[Any]:
    """The kind with pods of this name: plural, singular, short, or with its group and version."""
    plain, _, place = word.lower().partition(".")
    for resource in WITH_PODS:
        names = {resource.plural, resource.kind.lower()}
        if (plain in names and place in _places(resource)) or (
            not place and SHORT_NAMES.get(plain) == resource.plural
        ):
            return resource
    known = ", ".join(resource.kind.lower() for resource in WITH_PODS)
    raise UsageError(f'the server doesn\'t have a resource type "{word}" with pods', known)


def _places(resource: Resource[Any]) -> set[str]:
    group, version = resource.group, resource.version
    return {"", group, f"{version}.{group}"}
