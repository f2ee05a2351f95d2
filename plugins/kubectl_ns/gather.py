"""What the cluster says of its namespaces."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from kubectl_fieldkit.errors import (
    ConnectionFailed,
    CredentialsError,
    FieldkitError,
    ServerError,
)
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.objects.namespace import NAMESPACES, Namespace
from kubectl_fieldkit.options import SourceFlags
from kubectl_fieldkit.reading import Objects, Refused, Request, Source, one_object
from kubectl_fieldkit.source import open_source
from kubectl_ns.place import Place


class NoSuchNamespace(FieldkitError):
    """The cluster says that there is none of this name."""


OFFLINE = "NAME -f switches without asking the cluster"
PAGE = 5_000  # a namespace is small: in pages of 500 the list of 20,000 takes longer than it need


def read_namespaces(place: Place, context: str) -> "Sequence[Namespace] | Refused":
    """All of them, in the server's order, or its refusal."""
    with _open(place, context) as source:
        answer = source.read(Request(NAMESPACES))
    return answer.items if isinstance(answer, Objects) else _refused(answer)


def verify(place: Place, context: str, name: str, used: Sequence[str]) -> str:
    """A warning, empty where all is well; NoSuchNamespace for a namespace that is not there."""
    try:
        with _open(place, context) as source:
            answer = source.read(one_object(NAMESPACES, name))
    except ServerError as err:
        if err.code != 404:
            raise
        message = f'no namespace exists with name "{name}"'
        raise NoSuchNamespace(message, _near(name, used)) from err
    if not isinstance(answer, Objects):
        refused = _refused(answer)
        return f'could not verify that namespace "{name}" exists: {refused.message}'
    if answer.items[0].metadata.deletion_timestamp:
        return f'namespace "{name}" is terminating: nothing new can be created in it'
    return ""


@contextmanager
def _open(place: Place, context: str) -> Iterator[Source]:
    """The cluster; where it cannot be asked the error names the way without it."""
    flags = ConnectionFlags(
        kubeconfig=place.kubeconfig, context=context, request_timeout=place.timeout
    )
    try:
        with open_source(SourceFlags(flags), page=PAGE) as source:
            yield source
    except FieldkitError as err:
        if _keeps_us_out(err):
            err.hint = f"{err.hint}; {OFFLINE}" if err.hint else OFFLINE
        raise


def _keeps_us_out(err: FieldkitError) -> bool:
    """No network, or no login: the cluster said nothing of its namespaces."""
    if isinstance(err, ServerError):
        return err.code == 401
    return isinstance(err, ConnectionFailed | CredentialsError)


def _refused(answer: object) -> Refused:
    return answer if isinstance(answer, Refused) else Refused("it is not known")


def _near(name: str, used: Sequence[str]) -> str:
    from difflib import get_close_matches

    others = [each for each in used if each != name]
    near = " or ".join(f'"{match}"' for match in get_close_matches(name, others))
    return f"did you mean {near}? {OFFLINE}" if near else OFFLINE
