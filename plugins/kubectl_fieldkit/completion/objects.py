"""The names of objects that a word of the command line may be, as its plugin reads words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.cluster.kinds import find_resource as find_served
from kubectl_fieldkit.completion.choices import Choice, is_plain, of_names
from kubectl_fieldkit.completion.names import LiveNames, Names, RecordedNames, find_live_names
from kubectl_fieldkit.completion.patience import Patience
from kubectl_fieldkit.errors import ServerError, UsageError
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.several import read_kubeconfigs
from kubectl_fieldkit.natural import natural_key
from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.objects.pod import PODS
from kubectl_fieldkit.state import load_state
from kubectl_fieldkit.targets import WITH_PODS, find_resource

WAITING = "status.phase=Pending"


class Asked(Struct, frozen=True):
    """Which kind of names, for which text behind which words; the flags' values say where."""

    kind: str
    text: str
    words: tuple[str, ...]
    values: Mapping[str, Any]
    context: str


def choices_of(asked: Asked, environ: Mapping[str, str], patience: Patience) -> list[Choice]:
    """The choices, before they are narrowed to what was typed."""
    match asked.kind:
        case "namespaces":
            return _sorted(_namespaces(asked, environ, patience))
        case "nodes":
            slashed = "node/" if asked.text.startswith("node/") else ""
            return _sorted(find_names(asked, environ, patience).of(NODES), slashed)
        case "targets" | "pods":
            return _targets(asked, environ, patience)
        case _:
            return _objects(asked, environ, patience)


def _namespaces(asked: Asked, environ: Mapping[str, str], patience: Patience) -> Sequence[str]:
    """All of them; for who may not list them those that `kubectl ns` was used to go to."""
    try:
        return find_names(asked, environ, patience).of(NAMESPACES)
    except ServerError as err:
        if err.code != 403:
            raise
    kubeconfigs = read_kubeconfigs(asked.values.get("kubeconfig") or "", environ)
    used = load_state(kubeconfigs.files, environ).namespaces
    return used.get(asked.context or kubeconfigs.current_context, ())


def _sorted(names: Sequence[str], prefix: str = "") -> list[Choice]:
    return of_names(sorted(names, key=natural_key), prefix)


def find_names(asked: Asked, environ: Mapping[str, str], patience: Patience) -> Names:
    """Where the line says that names come from."""
    snapshot = asked.values.get("snapshot")
    if snapshot:
        return RecordedNames(Path(snapshot), asked.values.get("namespace") or "")
    return _live(asked, environ, patience)


def _live(asked: Asked, environ: Mapping[str, str], patience: Patience) -> LiveNames:
    """With all flags of the line that say which cluster, as whom and where; time-outs are ours."""
    fields = {name: asked.values.get(name) for name in ConnectionFlags.__struct_fields__}
    given: Any = {name: value for name, value in fields.items() if value}
    given |= {"context": asked.context, "request_timeout": patience.left}
    return find_live_names(ConnectionFlags(**given), environ, patience)


def _targets(asked: Asked, environ: Mapping[str, str], patience: Patience) -> list[Choice]:
    """`deploy/web`, or `web` behind `deploy`; and where a plain word is a pod, those that wait."""
    kind, slash, _ = asked.text.partition("/")
    if asked.words and "/" not in asked.words[0]:
        kind, slash = asked.words[0], ""
        try:
            resource = find_resource(kind)
        except UsageError:
            return _pods(asked, environ, patience)
        return _sorted(find_names(asked, environ, patience).of(resource))
    if slash:
        names = find_names(asked, environ, patience).of(find_resource(kind))
        return _sorted(names, f"{kind}/")
    kinds = [
        Choice(f"{each.kind.lower()}/", f"{each.api_version} {each.kind}") for each in WITH_PODS
    ]
    return [*_pods(asked, environ, patience), *kinds]


def _pods(asked: Asked, environ: Mapping[str, str], patience: Patience) -> list[Choice]:
    if asked.kind != "pods" or any("/" in word for word in asked.words):
        return []
    return _sorted(find_names(asked, environ, patience).of(PODS, WAITING))


def _objects(asked: Asked, environ: Mapping[str, str], patience: Patience) -> list[Choice]:
    """The same of every kind that the server serves."""
    names = _live(asked, environ, patience)
    discovery = names.discover()
    kind, slash, _ = asked.text.partition("/")
    if slash:
        return _sorted(names.of_served(find_served(kind, discovery.resources)), f"{kind}/")
    if asked.words and "/" not in asked.words[0]:
        served = find_served(asked.words[0], discovery.resources)
        return _sorted(names.of_served(served))
    listed = [each for each in discovery.preferred if "list" in each.verbs]
    times = Counter(each.plural for each in listed)
    return [
        Choice(
            f"{each.plural if times[each.plural] == 1 or not each.group else each.full_name}/",
            f"{each.api_version} {each.kind}",
        )
        for each in listed
        if all(map(is_plain, (each.full_name, each.api_version, each.kind)))
    ]
