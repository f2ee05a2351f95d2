"""A pod laid out as the checks walk it, once for all of them.

Mirrors k8s.io/pod-security-admission/policy/{visitor,helpers}.go.
"""

from collections.abc import Mapping

from msgspec import Struct

from kubectl_psa_audit.pod import CommonContext, Container, PodSpec, SecurityContext


class Place(Struct, frozen=True, gc=False):
    """A container of the pod, and where in the spec it stands: `initContainers[0]`."""

    path: str
    container: Container

    @property
    def name(self) -> str:
        """The container's."""
        return self.container.name

    @property
    def context(self) -> SecurityContext:
        """The container's securityContext."""
        return self.container.security_context


class Setter(Struct, frozen=True, gc=False):
    """The pod itself (without a `container`) or a container, with its securityContext."""

    container: str
    path: str
    context: CommonContext

    @property
    def is_pod(self) -> bool:
        """Whether it is the pod itself: a container, too, may have no name."""
        return self.path == "securityContext"


class PodView(Struct, frozen=True, gc=False):
    """The pod, its containers, and whoever may set a securityContext: the pod first."""

    annotations: Mapping[str, str]
    spec: PodSpec
    places: tuple[Place, ...]
    setters: tuple[Setter, ...]

    @property
    def is_windows(self) -> bool:
        """From 1.25 on, what only Linux knows is not asked of such a pod."""
        return self.spec.os.name == "windows"

    @property
    def in_user_namespace(self) -> bool:
        """From 1.35 on, being root in one's own namespace is no offence."""
        return self.spec.host_users is False


def view(annotations: Mapping[str, str], spec: PodSpec) -> PodView:
    """The containers in upstream's order: init, ordinary, ephemeral."""
    lists = (
        ("initContainers", spec.init_containers),
        ("containers", spec.containers),
        ("ephemeralContainers", spec.ephemeral_containers),
    )
    places = [
        Place(f"{path}[{at}]", container)
        for path, containers in lists
        for at, container in enumerate(containers)
    ]
    own = [
        Setter(
            place.container.name, f"{place.path}.securityContext", place.container.security_context
        )
        for place in places
    ]
    pod = Setter("", "securityContext", spec.security_context)
    return PodView(annotations, spec, tuple(places), (pod, *own))
