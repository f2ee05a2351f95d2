"""What the tests of this room share: accesses to the lab, and a control plane of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from msgspec.structs import replace

from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User
from tests.kubectl_fieldkit.cluster.listener import Listener
from tests.lab.lab import Lab

Open = Callable[..., ApiServer]


@pytest.fixture
def access(lab: Lab) -> Access:
    """The admin's access to the shared lab."""
    return access_to(lab)


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens API servers that are closed when the test ends; the environment is empty by default."""
    with ExitStack() as stack:

        def open_server(access: Access, **options: Any) -> ApiServer:
            return stack.enter_context(ApiServer(access, **{"environ": {}, **options}))

        yield open_server


@pytest.fixture
def listen() -> Iterator[Callable[..., Listener]]:
    """Starts listeners on loopback that are stopped when the test ends."""
    with ExitStack() as stack:
        yield lambda *args, **options: stack.enter_context(Listener(*args, **options))


def access_to(lab: Lab) -> Access:
    """The admin's access to a lab."""
    cluster = Cluster(lab.server, str(lab.certificate_authority))
    return Access(cluster, User(token=lab.token))


def with_cluster(access: Access, **changes: Any) -> Access:
    """The access to the cluster with these changes."""
    return replace(access, cluster=replace(access.cluster, **changes))


def with_user(access: Access, **changes: Any) -> Access:
    """The access as the user with these changes."""
    return replace(access, user=replace(access.user, **changes))
