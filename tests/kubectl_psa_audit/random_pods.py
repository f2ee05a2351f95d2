"""Random objects over every field that a check reads: half of them nearly restricted, none valid by design."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from kubectl_psa_audit.pod import APP_ARMOR_PREFIX, SECCOMP_POD, SECCOMP_PREFIX
from tests.kubectl_psa_audit.asking import KINDS, wrapped

NAMES = ["web", "db", "init", 'q"uote', "new\nline", "é", "a, b", "<&>", "\u2028", "\U0001f600", ""]
CAPABILITIES = ["ALL", "NET_BIND_SERVICE", "NET_ADMIN", "CHOWN", "CAP_CHOWN", "net_raw", "KILL", ""]
PROFILES = ["RuntimeDefault", "Localhost", "Unconfined", "runtimedefault", ""]
ANNOTATIONS = [
    "runtime/default", "docker/default", "localhost/", "localhost/x", "unconfined", "",
    'say "no"\\', "tab\tbell\a\x00\x7f", "\u00a0\u200b\u202e", "\U000e0001é", "Localhost/x",
]  # fmt: skip
SYSCTLS = [
    "kernel.shm_rmid_forced", "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem", "kernel.msgmax",
    "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_syncookies",
    "net/ipv4/tcp_rmem", "",
]  # fmt: skip
SE_LINUX = ["", "container_t", "container_kvm_t", "container_engine_t", "spc_t", 'o"dd']
HOSTS = ["", "", "127.0.0.1", "localhost", "example.com", 'h"ost']
VOLUMES = [
    "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim",
    "projected", "secret", "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "nfs",
    "iscsi", "glusterfs", "rbd", "flexVolume", "cinder", "cephfs", "flocker", "fc", "azureFile",
    "vsphereVolume", "quobyte", "azureDisk", "photonPersistentDisk", "portworxVolume", "scaleIO",
    "storageos", "fromTheFuture",
]  # fmt: skip


def random_object(random: Random) -> dict[str, Any]:
    """A Pod, half of the time, or another kind with its template."""
    kind = random.choice(["Pod", random.choice(list(KINDS))])
    return wrapped(kind, _Maker(random, random.choice([0.03, 0.15, 0.4])).pod())


class _Maker:
    """Sets each field with a chance: a small one leaves pods that break one rule or none."""

    def __init__(self, random: Random, chance: float) -> None:
        self._random = random
        self._chance = chance
        self._is_strict = random.random() < 0.7

    def pod(self) -> dict[str, Any]:
        """A Pod that the API server may well refuse, but that the checks can judge."""
        spec: dict[str, Any] = self._some(
            initContainers=lambda: self._containers(0),
            ephemeralContainers=lambda: self._containers(0),
            volumes=lambda: [self._volume(at) for at in range(self._random.randint(0, 4))],
            hostNetwork=self._bool,
            hostPID=self._bool,
            hostIPC=self._bool,
        )
        spec |= {"containers": self._containers(1), "securityContext": self._pod_context()}
        if self._random.random() < 0.4:
            spec["hostUsers"] = self._bool()
        if self._random.random() < 0.25:
            spec["os"] = {"name": self._random.choice(["windows", "linux", "Windows"])}
        metadata = {"name": "p", "annotations": self._annotations()}
        return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}

    def _some(self, **makers: Callable[[], object]) -> dict[str, Any]:
        return {
            name: make() for name, make in makers.items() if self._random.random() < self._chance
        }

    def _bool(self) -> bool:
        return self._random.random() < 0.7

    def _of(self, values: Sequence[str]) -> Callable[[], str]:
        return lambda: self._random.choice(values)

    def _several(self, values: Sequence[str]) -> Callable[[], list[str]]:
        return lambda: self._random.choices(values, k=self._random.choice([0, 1, 1, 2, 3]))

    def _annotations(self) -> dict[str, str]:
        keys = [f"{APP_ARMOR_PREFIX}{name}" for name in self._random.sample(NAMES, 3)]
        keys += [f"{SECCOMP_PREFIX}{name}" for name in self._random.sample(NAMES, 3)]
        keys += [SECCOMP_POD, "seccomp.security.alpha.kubernetes.io/podium", "note"]
        return self._some(**{key: self._of(ANNOTATIONS) for key in keys})

    def _containers(self, least: int) -> list[dict[str, Any]]:
        return [self._container() for _ in range(self._random.randint(least, 3))]

    def _container(self) -> dict[str, Any]:
        made = self._some(
            ports=lambda: [self._port() for _ in range(self._random.randint(0, 3))],
            livenessProbe=self._handler,
            readinessProbe=self._handler,
            startupProbe=self._handler,
            lifecycle=lambda: self._some(postStart=self._handler, preStop=self._handler),
        )
        context = self._container_context()
        if context or self._bool():
            made["securityContext"] = context
        return made | {"name": self._random.choice(NAMES), "image": "i"}

    def _port(self) -> dict[str, Any]:
        ports = {"containerPort": self._random.choice([80, 443, 9090, 12345])}
        return ports | self._some(hostPort=lambda: self._random.choice([0, 80, 8080, 12345]))

    def _handler(self) -> dict[str, Any]:
        asked = {"port": 80, "host": self._random.choice(HOSTS)}
        kind = self._random.choice(["httpGet", "tcpSocket", "grpc", "exec"])
        return {kind: {"port": 80} if kind == "grpc" else {} if kind == "exec" else asked}

    def _volume(self, at: int) -> dict[str, Any]:
        sources = self._random.sample(VOLUMES, self._random.choice([0, 1, 1, 1, 1, 2]))
        name = self._random.choice([f"v{at}", 'v"', "é"])
        return {"name": name} | {source: {} for source in sources}

    def _common(self) -> dict[str, Any]:
        return self._some(
            runAsNonRoot=self._bool,
            runAsUser=lambda: self._random.choice([0, 0, 1, 1000]),
            seccompProfile=self._a_profile,
            appArmorProfile=self._a_profile,
            seLinuxOptions=lambda: self._some(
                type=self._of(SE_LINUX), user=self._of(["", "u"]), role=self._of(["", "r"])
            ),
            windowsOptions=lambda: {"hostProcess": self._bool()},
        )

    def _a_profile(self) -> dict[str, str]:
        return {"type": self._random.choice(PROFILES)} if self._random.random() < 0.9 else {}

    def _pod_context(self) -> dict[str, Any]:
        strict = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
        sysctls = self._some(
            sysctls=lambda: [{"name": name, "value": "1"} for name in self._several(SYSCTLS)()]
        )
        return (strict if self._is_strict else {}) | self._common() | sysctls

    def _container_context(self) -> dict[str, Any]:
        strict = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
        return (
            (strict if self._is_strict else {})
            | self._common()
            | self._some(
                privileged=self._bool,
                allowPrivilegeEscalation=self._bool,
                procMount=self._of(["Default", "Unmasked", ""]),
                capabilities=lambda: self._some(
                    add=self._several(CAPABILITIES), drop=self._several(CAPABILITIES)
                ),
            )
        )
