"""Random pods that the API accepts, over what the checks read: what is left to refuse is Pod Security's."""

from collections.abc import Callable
from random import Random
from typing import Any

from tests.kubectl_psa_audit.asking import wrapped

Tree = dict[str, Any]

KINDS = (
    "Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job",
    "CronJob", "PodTemplate",
)  # fmt: skip
VOLUMES: tuple[Tree, ...] = (
    {"configMap": {"name": "c"}},
    {"emptyDir": {}},
    {"hostPath": {"path": "/var/log"}},
    {"nfs": {"server": "s", "path": "/p"}},
    {"secret": {"secretName": "s"}},
    {"persistentVolumeClaim": {"claimName": "p"}},
    {"csi": {"driver": "d.example.com"}},
    {},
)
SYSCTLS = (
    "kernel.shm_rmid_forced",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_notsent_lowat",
    "kernel.msgmax",
)
LABELS = {"app": "x"}


def random_pod(random: Random, name: str) -> Tree:
    """One pod; a quarter of them are nearly restricted."""
    return _Maker(random, random.choice((0.03, 0.1, 0.3))).pod(name)


def random_workload(random: Random, kind: str, name: str) -> Tree:
    """A workload of this kind that the API accepts, with a random template."""
    pod = random_pod(random, name)
    pod["metadata"] = {"labels": LABELS, "annotations": pod["metadata"].get("annotations", {})}
    thing = wrapped(kind, pod)
    thing["metadata"] = {"name": name}
    if kind in ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"):
        thing["spec"]["selector"] = {"matchLabels": LABELS}
    if kind == "StatefulSet":
        thing["spec"]["serviceName"] = "s"
    if kind == "CronJob":
        thing["spec"]["schedule"] = "0 3 * * *"
        thing["spec"]["jobTemplate"]["spec"]["template"]["spec"]["restartPolicy"] = "Never"
    if kind == "Job":
        thing["spec"]["template"]["spec"]["restartPolicy"] = "Never"
    return thing


class _Maker:
    """Sets each field with a chance, and leaves what the API would refuse."""

    def __init__(self, random: Random, chance: float) -> None:
        self._random = random
        self._chance = chance
        self._strict = random.random() < 0.6
        self._users = False
        self._host = False
        self._port = 80

    def pod(self, name: str) -> Tree:
        """The pod."""
        spec: Tree = {}
        self._users = self._hit()
        if self._users:
            spec["hostUsers"] = False
        else:
            spec |= self._some(hostNetwork=_yes, hostPID=_yes, hostIPC=_yes)
        self._host = "hostNetwork" in spec
        spec["containers"] = [self._container(f"c{i}") for i in range(self._random.randint(1, 3))]
        spec |= self._some(
            initContainers=lambda: [self._container("i", ordinary=False)],
            volumes=lambda: [
                {"name": f"v{i}", **self._random.choice(VOLUMES)}
                for i in range(self._random.randint(1, 3))
            ],
        )
        context = self._common({"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}})
        if not self._host and "hostIPC" not in spec:
            context |= self._some(sysctls=self._sysctls)
        spec["securityContext"] = context
        return {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": name},
            "spec": spec,
        }

    def _hit(self) -> bool:
        return self._random.random() < self._chance

    def _some(self, **makers: Callable[[], object]) -> Tree:
        return {name: make() for name, make in makers.items() if self._hit()}

    def _sysctls(self) -> list[Tree]:
        names = self._random.sample(SYSCTLS, self._random.randint(1, 3))
        return [{"name": name, "value": "1"} for name in names]

    def _container(self, name: str, ordinary: bool = True) -> Tree:
        made: Tree = {"name": name, "image": "i", "securityContext": self._context()}
        made |= self._some(ports=self._ports)
        if ordinary:
            made |= self._some(
                livenessProbe=self._handler,
                readinessProbe=self._handler,
                lifecycle=lambda: {"preStop": self._handler()},
            )
        return made

    def _ports(self) -> list[Tree]:
        self._port += self._random.choice((1, 1000, 9000))
        return [{"containerPort": self._port, **({} if self._host else {"hostPort": self._port})}]

    def _handler(self) -> Tree:
        kind = self._random.choice(("httpGet", "tcpSocket"))
        return {kind: {"port": 80, **self._some(host=lambda: "127.0.0.1")}}

    def _profile(self) -> Tree:
        return self._random.choice(
            [
                {"type": "RuntimeDefault"},
                {"type": "Unconfined"},
                {"type": "Localhost", "localhostProfile": "p"},
            ]
        )

    def _common(self, strict: Tree) -> Tree:
        return (strict if self._strict else {}) | self._some(
            runAsNonRoot=lambda: self._random.random() < 0.5,
            runAsUser=lambda: self._random.choice((0, 1000)),
            seccompProfile=self._profile,
            appArmorProfile=self._profile,
            seLinuxOptions=lambda: {
                "level": "s0:c1",
                "type": self._random.choice(("spc_t", "container_t", "container_engine_t")),
                **self._some(user=lambda: "u", role=lambda: "r"),
            },
        )

    def _context(self) -> Tree:
        context = self._common(
            {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
        )
        context |= self._some(
            capabilities=lambda: {
                "add": self._random.sample(["CHOWN", "NET_ADMIN", "NET_BIND_SERVICE", "KILL"], 2)
            }
        )
        if self._users:
            context |= self._some(procMount=lambda: "Unmasked")
        if self._hit():
            context |= {"privileged": True}
            context.pop("allowPrivilegeEscalation", None)
        return context


def _yes() -> bool:
    return True
