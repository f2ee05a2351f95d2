"""TARGETs → live objects: what the words name, as `kubectl get` takes them and in its words.

Mirrors Builder of k8s.io/cli-runtime/pkg/resource. Every target is asked for; those that the server
refuses or does not have become errors beside the objects, unless the one object of a name is meant.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.cluster.built_in import BUILT_IN
from kubectl_fieldkit.cluster.discovery import ApiResource, Away, Discovery
from kubectl_fieldkit.cluster.kinds import expand_categories, find_resource, is_category
from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.errors import FieldkitError, ServerError, UsageError
from kubectl_fieldkit.reading import Refused
from kubectl_fieldkit.slashed import slashed

Tree = dict[str, Any]

ROLE = "docs/rbac/neat.yaml"


class Gathered(Struct, frozen=True):
    """The objects; `single` when one was asked for by its name, so that the answer is no List.

    `errors` say which targets gave nothing, and why: exit code 1. `away` are the groups that a
    category may have kinds in, for all we can know.
    """

    objects: tuple[Tree, ...]
    single: bool
    errors: tuple[FieldkitError, ...] = ()
    away: tuple[Away, ...] = ()


class _Target(Struct, frozen=True):
    """One question to the server: a list of a kind where there is no name."""

    resource: ApiResource
    name: str = ""

    @property
    def verb(self) -> str:
        """The right that it takes."""
        return "get" if self.name else "list"


def gather(
    server: ApiServer,
    words: Sequence[str],
    *,
    namespace: str = "",
    all_namespaces: bool = False,
    selector: str = "",
) -> Gathered:
    """What `kubectl get` would print of these words; the namespace is the server's unless given."""
    place = "" if all_namespaces else namespace or server.namespace or "default"
    if place and not selector and (at_once := _at_once(server, words, place)):
        return at_once
    discovery = server.discover()
    targets = _targets(words, discovery, selector)
    if all_namespaces and any(target.name and target.resource.namespaced for target in targets):
        raise UsageError("a resource cannot be retrieved by name across all namespaces")
    single = len(targets) == 1 and bool(targets[0].name)
    objects: list[Tree] = []
    errors: list[FieldkitError] = []
    for target in targets:
        try:
            objects += _read(server, target, place, selector)
        except ServerError as err:
            if single:
                raise
            errors.append(err)
    return Gathered(tuple(objects), single, tuple(errors), _may_lack(words, discovery))


def _at_once(server: ApiServer, words: Sequence[str], place: str) -> Gathered | None:
    """The same without discovery, where every word names an object of a built-in kind and all are there.

    Of whatever else discovery tells: a kind whose name is a built-in one's short name comes before it.
    """
    try:
        targets = _targets(words, BUILT_IN, "")
    except FieldkitError:
        return None
    if not all(target.name for target in targets):
        return None
    try:
        objects = [tree for target in targets for tree in _read(server, target, place, "")]
    except ServerError as err:
        if err.code not in (403, 404):
            raise
        return None
    return Gathered(tuple(objects), single=len(targets) == 1)


def _targets(words: Sequence[str], discovery: Discovery, selector: str) -> list[_Target]:
    """The questions, each once, in the order of the words; UsageError where they make no sense."""
    pairs = list(_pairs(words))
    kinds = [] if pairs or not words else expand_categories(words[0], discovery.resources)
    names = [] if pairs else words[1:]
    if selector and pairs:
        reason = "selectors and the all flag cannot be used when passing resource/name arguments"
        raise UsageError(reason)
    if selector and names:
        raise UsageError("name cannot be provided when a selector is specified")
    if not pairs and not kinds:
        raise UsageError("at least one resource must be specified to use a selector")
    if names and len(kinds) > 1:  # of a category: `all web`
        raise UsageError("you must specify only one resource")
    pairs = pairs or [(kind, name) for kind in kinds for name in names or [""]]
    if any("" in pair for pair in pairs if names):
        raise UsageError("resource name may not be empty")
    return list(dict.fromkeys(_Target(_find(kind, discovery), name) for kind, name in pairs))


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The kind and name of each `deploy/web`, and of `deploy,svc web api`, which means the same."""
    if len(words) > 1 and "," in words[0] and "/" not in words[0]:
        kinds = dict.fromkeys(words[0].split(","))
        words = [f"{kind}/{name}" for kind in kinds for name in words[1:]]
    if any("/" in word for word in words):
        yield from slashed(words)


def _find(word: str, discovery: Discovery) -> ApiResource:
    try:
        return find_resource(word, discovery.resources)
    except FieldkitError as err:
        away = ", ".join(entry.api_version for entry in discovery.away)
        hint = f"or it is one of {away}, which is away" if away else ""
        raise FieldkitError(err.message, hint) from err


def _read(server: ApiServer, target: _Target, place: str, selector: str) -> list[Tree]:
    """The objects of one target; ServerError, with the right that it takes, for a 403 too."""
    resource = target.resource
    answer = server.raw(
        resource,
        name=target.name,
        namespace=place if resource.namespaced else "",
        label_selector=selector,
    )
    if isinstance(answer, Refused):
        hint = f"it takes the right to {target.verb} {resource.full_name}: see {ROLE}"
        raise ServerError(403, "Forbidden", answer.message, hint)
    return answer


def _may_lack(words: Sequence[str], discovery: Discovery) -> tuple[Away, ...]:
    """The groups that are away, where the words hold a category and not only kinds."""
    parts = words[0].split(",") if words else []
    wide = any(is_category(part, discovery.resources) for part in parts)
    return discovery.away if wide else ()
