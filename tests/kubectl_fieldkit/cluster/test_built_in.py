"""The kinds that every server has: each word for one means what it means to a real server's discovery."""

from msgspec.structs import replace

from kubectl_fieldkit.cluster.built_in import BUILT_IN
from kubectl_fieldkit.cluster.discovery import ApiResource, Discovery
from kubectl_fieldkit.cluster.kinds import find_resource
from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.kubeconfig.model import Access
from tests.kubectl_fieldkit.cluster.conftest import Open


def words_for(resource: ApiResource) -> list[str]:
    """All ways to name a kind: plural, singular, kind and short names, without and with group and version."""
    names = {resource.plural, resource.singular, resource.kind, *resource.short_names}
    group, version = resource.group, resource.version
    places = ("", f".{group}", f".{group[:5]}", f".{version}.{group}")
    return [name + place for name in names for place in places]


def plain(resource: ApiResource) -> ApiResource:
    """The kind without what only the server says of it, and without the words that are left to discovery."""
    own = tuple(name for name in resource.short_names if name not in ("quota", "limits"))
    return replace(resource, categories=(), verbs=(), short_names=own)


def found(word: str, discovery: Discovery) -> ApiResource | None:
    """The kind; None where the word names none."""
    try:
        return plain(find_resource(word, discovery.resources))
    except FieldkitError:
        return None


def test_each_is_served_as_it_is_written(access: Access, opened: Open) -> None:
    """Its names, its scope and its version; and each is there once."""
    served = [plain(resource) for resource in opened(access).discover().resources]
    assert set(BUILT_IN.resources) <= set(served)
    assert len(set(BUILT_IN.resources)) == len(BUILT_IN.resources) > 40


def test_a_word_means_what_it_means_to_the_server(access: Access, opened: Open) -> None:
    """Every word for every kind that is served: the same kind in the same version, or none that we know."""
    discovery = opened(access).discover()
    words = {word for resource in discovery.resources for word in words_for(resource)}
    told = {word: found(word, BUILT_IN) for word in words}
    known = {word: resource for word, resource in told.items() if resource}
    assert known == {word: found(word, discovery) for word in known}
    usual = "po deploy svc cm sts ds job cj ing hpa pvc pv sc ns no sa secret role netpol pdb ev"
    assert set(usual.split()) <= known.keys()
