"""Random objects of every built-in kind, of every version that the server can serve, drawn from its own schema.

`random_object` keeps to the schema and to nothing else: what defaulting must cope with.
`acceptable_object` also keeps to the rules of validation, so that the server accepts most of them.
"""

from random import Random
from typing import Any

from tests.kubectl_neat.random_objects import values
from tests.kubectl_neat.random_objects.maker import SCHEMA, Maker
from tests.kubectl_neat.random_objects.rules import FIELDS, MENDS, MUSTS
from tests.kubectl_neat.random_objects.rules.drawing import drop
from tests.kubectl_neat.random_objects.rules.pods import metadata

Tree = dict[str, Any]
KINDS: dict[str, list[str]] = SCHEMA["kinds"]

# What the server fills in only when it stores an object, or lets nobody write: the oracle does neither.
APART_FROM_STORAGE = {
    "core.v1.PodSpec": lambda _, spec: drop(spec, "resources"),
    "apps.v1.StatefulSetUpdateStrategy": MENDS["apps.v1.StatefulSetUpdateStrategy"],
}
NOT_80 = {key: rule for key, rule in FIELDS.items() if "targetCPU" in key}
WITH_POD = (
    "v1 Pod", "v1 Pod", "v1 Pod", "v1 PodTemplate", "v1 ReplicationController", "apps/v1 ReplicaSet",
    "apps/v1 Deployment", "apps/v1 DaemonSet", "apps/v1 StatefulSet", "batch/v1 Job",
    "batch/v1 CronJob",
)  # fmt: skip
CHANCES = (0.1, 0.25, 0.4, 0.6)
RICH_CHANCES = (0.15, 0.3, 0.5, 0.8)
# These two come from servers of their own: upstream's registry of defaults does not know them.
APART = ("apiextensions.k8s.io/v1 CustomResourceDefinition", "apiregistration.k8s.io/v1 APIService")
# A Binding is an order to the server, which keeps none.
DEFAULTED = tuple(kind for kind in KINDS if kind not in {*APART, "v1 Binding"})
# A Binding is an order, and a PodCertificateRequest the word of a kubelet.
UNACCEPTABLE = {"Binding", "PodCertificateRequest"}
ACCEPTABLE = tuple(
    kind
    for kind in KINDS
    if "alpha" not in kind and "beta" not in kind and kind.split()[1] not in UNACCEPTABLE
)


def random_object(random: Random) -> Tree:
    """An object within the schema; a third of them hold a pod. Validation may well refuse it."""
    kind = random.choice(WITH_POD if random.random() < 0.33 else DEFAULTED)
    maker = Maker(random, random.choice(CHANCES), NOT_80, APART_FROM_STORAGE)
    api_version, name = kind.split()
    made = {"apiVersion": api_version, "kind": name} | maker.tree(KINDS[kind][1])
    return made | {"metadata": _metadata(maker)}


def acceptable_object(random: Random, name: str, kind: str = "") -> Tree:
    """An object called so that the server accepts more often than not; a third of them hold a pod."""
    kind = kind or random.choice(WITH_POD if random.random() < 0.33 else ACCEPTABLE)
    maker = Maker(random, random.choice(RICH_CHANCES), FIELDS, MENDS, MUSTS)
    api_version, word = kind.split()
    made = {"apiVersion": api_version, "kind": word} | maker.tree(KINDS[kind][1])
    return made | {"metadata": {"name": _bound_name(random, made) or name, **metadata(maker)}}


def _bound_name(random: Random, made: Tree) -> str:
    """The name of an object that is called after what it is about."""
    spec = made.get("spec", {})
    return {
        "CustomResourceDefinition": lambda: f"{spec['names']['plural']}.{spec['group']}",
        "APIService": lambda: f"{spec['version']}.{spec['group']}",
        "IPAddress": lambda: f"10.5.{random.randrange(256)}.{random.randrange(256)}",
    }.get(made["kind"], str)()


def _metadata(maker: Maker) -> Tree:
    made: Tree = {"name": "x"}
    for field in ("labels", "annotations"):
        if maker.hit():
            made[field] = {key: values.scalar(maker.random, "string", "") for key in ("a", "b")}
    return made
