"""What the checks read of a pod; whatever these Structs do not name cannot change a verdict.

Lists are tuples and everything is frozen, so that equal specs are equal keys.
"""

from collections.abc import Mapping

from msgspec import field
from msgspec.structs import force_setattr

from kubectl_fieldkit.objects.meta import Kube, KubeObject, ObjectMeta
from kubectl_fieldkit.objects.pod import PodStatus
from kubectl_fieldkit.objects.resource import Resource
from kubectl_psa_audit.volumes import Volume

APP_ARMOR_PREFIX = "container.apparmor.security.beta.kubernetes.io/"
SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod"
SECCOMP_PREFIX = "container.seccomp.security.alpha.kubernetes.io/"
MIRROR = "kubernetes.io/config.mirror"  # the kubelet's mark on a static pod
_READ = (APP_ARMOR_PREFIX, SECCOMP_POD, SECCOMP_PREFIX, MIRROR)


class PodMeta(ObjectMeta, frozen=True):
    """A pod's metadata; only the annotations that are read outlive decoding."""

    annotations: dict[str, str] = field(default_factory=dict)  # type: ignore[assignment]  # some keys hold a container's name

    def __post_init__(self) -> None:
        """Forgets the annotations that nobody reads."""
        force_setattr(self, "annotations", _read(self.annotations))


class TemplateMeta(Kube, frozen=True):
    """What a template's pods will carry; only the annotations that are read outlive decoding."""

    labels: dict[str, str] = field(default_factory=dict)
    annotations: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Forgets the annotations that nobody reads."""
        force_setattr(self, "annotations", _read(self.annotations))


def _read(annotations: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in annotations.items() if key.startswith(_READ)}


class Profile(Kube, frozen=True):
    """A seccomp or AppArmor profile; an empty type is not the same as no profile."""

    type: str = ""


class SELinuxOptions(Kube, frozen=True):
    """The parts of an SELinux label that the standards limit."""

    type: str = ""
    user: str = ""
    role: str = ""


class WindowsOptions(Kube, frozen=True):
    """Whether the pod is a HostProcess pod."""

    host_process: bool = False


class CommonContext(Kube, frozen=True):
    """What both a pod and a container may set in `securityContext`."""

    run_as_non_root: bool | None = None
    run_as_user: int | None = None
    seccomp_profile: Profile | None = None
    app_armor_profile: Profile | None = None
    se_linux_options: SELinuxOptions = SELinuxOptions()
    windows_options: WindowsOptions = WindowsOptions()


class Sysctl(Kube, frozen=True):
    """A kernel parameter; no check reads its value, but a patch must repeat it."""

    name: str = ""
    value: str = ""


class PodSecurityContext(CommonContext, frozen=True):
    """core/v1 PodSecurityContext."""

    sysctls: tuple[Sysctl, ...] = ()


class Capabilities(Kube, frozen=True):
    """Capabilities beyond, and without, those of the runtime."""

    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class SecurityContext(CommonContext, frozen=True):
    """core/v1 SecurityContext, of a container."""

    allow_privilege_escalation: bool | None = None
    capabilities: Capabilities = Capabilities()
    privileged: bool = False
    proc_mount: str | None = None


class ContainerPort(Kube, frozen=True):
    """A port, and where the node offers it."""

    container_port: int = 0
    host_port: int = 0


class HostAction(Kube, frozen=True):
    """Whom an HTTP or a TCP action asks; empty is the pod itself."""

    host: str = ""


class Handler(Kube, frozen=True):
    """A probe or a lifecycle handler."""

    http_get: HostAction = HostAction()
    tcp_socket: HostAction = HostAction()


class Lifecycle(Kube, frozen=True):
    """What a container does after its start and before its end."""

    post_start: Handler = Handler()
    pre_stop: Handler = Handler()


class Container(Kube, frozen=True):
    """A container of any of the three lists."""

    name: str = ""
    security_context: SecurityContext = SecurityContext()
    ports: tuple[ContainerPort, ...] = ()
    liveness_probe: Handler = Handler()
    readiness_probe: Handler = Handler()
    startup_probe: Handler = Handler()
    lifecycle: Lifecycle = Lifecycle()


class PodOS(Kube, frozen=True):
    """The operating system that the pod says it is for."""

    name: str = ""


class PodSpec(Kube, frozen=True):
    """What a pod asks for; `runtime_class_name` matters to exemptions alone."""

    init_containers: tuple[Container, ...] = ()
    containers: tuple[Container, ...] = ()
    ephemeral_containers: tuple[Container, ...] = ()
    volumes: tuple[Volume, ...] = ()
    security_context: PodSecurityContext = PodSecurityContext()
    host_network: bool = False
    host_pid: bool = field(name="hostPID", default=False)
    host_ipc: bool = field(name="hostIPC", default=False)
    host_users: bool | None = None
    os: PodOS = PodOS()
    runtime_class_name: str = ""


class Pod(KubeObject, frozen=True):
    """One or more containers on one node."""

    metadata: PodMeta = PodMeta()
    spec: PodSpec = PodSpec()
    status: PodStatus = PodStatus()


PODS = Resource("", "v1", "pods", "Pod", True, Pod)
