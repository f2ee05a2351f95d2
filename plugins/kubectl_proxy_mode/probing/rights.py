"""Which ways are open to us: the API server is asked before a thousand kube-proxies are."""

import msgspec
from msgspec import Struct

from kubectl_fieldkit.cluster.answers import object_of
from kubectl_fieldkit.cluster.client import Client
from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.objects.meta import Kube

_PATH = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"


class Right(Struct, frozen=True):
    """One verb on a subresource, in one namespace or on nodes."""

    verb: str
    resource: str  # such as pods/portforward
    namespace: str = ""


class _Status(Kube, frozen=True):
    allowed: bool = False


class _Review(Kube, frozen=True):
    status: _Status = _Status()


def is_denied(client: Client, right: Right) -> bool:
    """Whether the server says no; one that does not tell us our rights says nothing."""
    resource, _, subresource = right.resource.partition("/")
    attributes = {
        "verb": right.verb,
        "resource": resource,
        "subresource": subresource,
        "namespace": right.namespace,
    }
    question = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": attributes},
    }
    try:
        response = client.review(_PATH, msgspec.json.encode(question))
        return response.status == 201 and not object_of(_Review, response).status.allowed
    except FieldkitError:
        return False
