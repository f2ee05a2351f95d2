"""Whether a context works: can its server be reached, which version is it, and who am I to it."""

from collections.abc import Mapping
from functools import partial
from typing import Literal

from msgspec import field
from msgspec.structs import replace

from kubectl_fieldkit.cluster.address import address_of
from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.envelope import Document
from kubectl_fieldkit.errors import (
    ConnectionFailed,
    CredentialsError,
    FieldkitError,
    KubeconfigError,
    ServerError,
)
from kubectl_fieldkit.kubeconfig.access import access_in
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.model import Access, Kubeconfig
from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.side_by_side import side_by_side

Status = Literal[
    "ok", "unreachable", "certificate", "login needed", "unauthorized", "misconfigured", "failed"
]
UNVERIFIED = "tls: failed to verify certificate: x509: "
STEPS = 3  # a plugin, the version, who I am: each has its own time-out
GRACE = 0.5  # seconds, for the words of a time-out to arrive


class ContextCheck(Document, frozen=True):
    """What came of one context; `reachable` is null where its server was not asked."""

    name: str
    current: bool
    server: str = ""
    version: str = ""
    user: str = ""
    groups: tuple[str, ...] = ()
    reachable: bool | None = None
    status: Status = "ok"
    message: str = ""


class UserInfo(Kube, frozen=True):
    """Who somebody is to a server (authentication.k8s.io/v1)."""

    username: str = ""
    groups: tuple[str, ...] = ()


class ReviewStatus(Kube, frozen=True):
    """The answer in a review."""

    user_info: UserInfo = field(name="userInfo", default=UserInfo())


class SelfSubjectReview(KubeObject, frozen=True):
    """Who am I, as the server answers it since Kubernetes 1.28."""

    status: ReviewStatus = ReviewStatus()


REVIEWS = Resource(
    group="authentication.k8s.io",
    version="v1",
    plural="selfsubjectreviews",
    kind="SelfSubjectReview",
    namespaced=False,
    type=SelfSubjectReview,
)


def check_contexts(
    kubeconfig: Kubeconfig, names: list[str], seconds: float, environ: Mapping[str, str]
) -> list[ContextCheck]:
    """Asks the servers of these contexts side by side; every step of each may take `seconds`."""
    checks = [_begin(kubeconfig, name, seconds, environ) for name in names]
    jobs = [partial(_ask, check, access, environ) for check, access in checks]
    limit = STEPS * seconds + GRACE
    answers = side_by_side(jobs, limit)
    late = f"no answer in {limit:g}s"
    return [
        answer or replace(check, status="unreachable", reachable=False, message=late)
        for answer, (check, _) in zip(answers, checks, strict=True)
    ]


def _begin(
    kubeconfig: Kubeconfig, name: str, seconds: float, environ: Mapping[str, str]
) -> tuple[ContextCheck, Access | None]:
    """The check before anybody is asked; no access where the kubeconfig does not lead to one."""
    check = ContextCheck(name, name == kubeconfig.current_context)
    flags = ConnectionFlags(context=name, request_timeout=seconds)
    try:
        access = access_in(kubeconfig, flags, environ)
        check = replace(check, server=address_of(access.cluster).url)
    except FieldkitError as err:
        return _failed(check, err), None
    return check, replace(access, unattended=seconds)


def _ask(check: ContextCheck, access: Access | None, environ: Mapping[str, str]) -> ContextCheck:
    if access is None:
        return check
    try:
        with ApiServer(access, environ=environ) as server:
            check = replace(check, version=server.server_version, reachable=True)
            return _recognised(check, server)
    except FieldkitError as err:
        return _failed(check, err)


def _recognised(check: ContextCheck, server: ApiServer) -> ContextCheck:
    """With who I am to the server, or why that is not known."""
    try:
        who = server.review(REVIEWS).status.user_info
    except ServerError as err:
        if err.code not in (403, 404, 405):
            raise
        old = "the server has no SelfSubjectReview, which came with Kubernetes 1.28"
        reason = err.message if err.code == 403 else old
        return replace(check, message=f"who asks is not known: {reason}")
    return replace(check, user=who.username, groups=who.groups)


def _failed(check: ContextCheck, err: FieldkitError) -> ContextCheck:
    """Which step went wrong; the words are kubectl's."""
    status: Status = "failed"
    reachable: bool | None = True
    message = str(err)
    match err:
        case ConnectionFailed():
            untrusted = message.startswith(UNVERIFIED)
            status, reachable = "certificate" if untrusted else "unreachable", False
            message = message.removeprefix(UNVERIFIED)
        case CredentialsError():
            status, reachable = "login needed", check.reachable
            message = message.removeprefix("getting credentials: ")
        case KubeconfigError():
            status, reachable = "misconfigured", None
        case ServerError(code=401):
            status = "unauthorized"
    return replace(check, status=status, reachable=reachable, message=message)
