"""Random manifests of pods, and random limits of namespaces, that leave much to the API server."""

from random import Random
from typing import Any

Thing = dict[str, Any]

CPU = ("0", "1m", "100m", "0.5", "1", "1500m", "2", "1e-3", "333333n", "0.1", 1, 0.25, "1.500")
MEMORY = ("0", "1", "64Mi", "512Mi", "0.5Gi", "1Gi", "1500M", "1e9", "123456789", "100k", "2048Mi")
STORAGE = ("1Gi", "20Gi", "1500M")
GPUS = ("1", "2", "0")
HUGE = ("2Mi", "4Mi", "1Gi")
LABELS = {"app": "web", "tier": "front", "version": "v2"}
CLASSES = ("", "", "", "low", "high", "never", "system-node-critical", "no-such-class")
RUNTIMES = ("", "", "", "plain", "costly", "pinned", "no-such-runtime")


class Manifests:
    """A generator of manifests; each has some of what admission looks at."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.made = 0

    def chance(self, share: float) -> bool:
        """True so often."""
        return self.random.random() < share

    def pod(self, namespace: str) -> Thing:
        """A pod that the API takes for valid, but perhaps for its resources."""
        self.made += 1
        meta = {"name": f"pod-{self.made}", "namespace": namespace, "labels": dict(LABELS)}
        return {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": self.spec()}

    def spec(self) -> Thing:
        """What a pod or a template asks for."""
        random = self.random
        spec: Thing = {
            "automountServiceAccountToken": False,  # which adds a volume that binds no pod
            "containers": [self._container(f"c{n}") for n in range(random.choice([1, 1, 2, 3]))],
        }
        if self.chance(0.3):
            spec["initContainers"] = [self._init(n) for n in range(random.randint(1, 2))]
        if self.chance(0.15):
            spec["hostNetwork"] = True
        if self.chance(0.1):
            spec["activeDeadlineSeconds"] = 60
        if self.chance(0.15):
            spec["resources"] = self._for_the_pod()
        for part in (self._classes, self._tolerations, self._selectors, self._volumes):
            spec |= part()
        return spec

    def _container(self, name: str) -> Thing:
        container: Thing = {"name": name, "image": "x", "resources": self._resources()}
        if self.chance(0.3):
            number = int(name.strip("ci")) + 8000
            container["ports"] = [{"containerPort": number}]
            if self.chance(0.5):
                container["ports"][0] |= {"protocol": self.random.choice(["TCP", "UDP"])}
        return container

    def _init(self, number: int) -> Thing:
        container = self._container(f"i{number + 100}")
        return {**container, "restartPolicy": "Always"} if self.chance(0.4) else container

    def _resources(self) -> Thing:
        random = self.random
        resources: Thing = {"requests": {}, "limits": {}}
        for name, values in (("cpu", CPU), ("memory", MEMORY), ("ephemeral-storage", STORAGE)):
            for part in resources.values():
                if self.chance(0.15 if name == "ephemeral-storage" else 0.4):
                    part[name] = random.choice(values)
        if self.chance(0.1):
            resources["limits"]["example.com/gpu"] = random.choice(GPUS)
        if self.chance(0.1):
            resources["limits"]["hugepages-2Mi"] = random.choice(HUGE)
        return {part: amounts for part, amounts in resources.items() if amounts}

    def _for_the_pod(self) -> Thing:
        resources: Thing = {"requests": {}, "limits": {}}
        for name, values in (
            ("cpu", ("4", "8")),
            ("memory", ("4Gi", "8Gi")),
            ("hugepages-2Mi", ("4Mi",)),
        ):
            for part in resources.values():
                if self.chance(0.1 if "-" in name else 0.4):
                    part[name] = self.random.choice(values)
        return resources

    def _classes(self) -> Thing:
        spec: Thing = {}
        if name := self.random.choice(CLASSES):
            spec["priorityClassName"] = name
        if self.chance(0.1):
            spec["priority"] = self.random.choice([0, 10, 1000])
        if self.chance(0.1):
            spec["preemptionPolicy"] = self.random.choice(["Never", "PreemptLowerPriority"])
        if name := self.random.choice(RUNTIMES):
            spec["runtimeClassName"] = name
        if self.chance(0.08):
            spec["overhead"] = self.random.choice(
                [{"cpu": "100m"}, {"cpu": "0.1", "memory": "1Gi"}]
            )
        return spec

    def _tolerations(self) -> Thing:
        random, found = self.random, []
        for _ in range(random.choice([0, 0, 1, 2, 3])):
            key = random.choice(
                ["dedicated", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable", ""]
            )
            toleration: Thing = {"operator": "Exists"}
            if key:
                toleration["key"] = key
            if key == "dedicated" and self.chance(0.6):
                toleration |= {"operator": "Equal", "value": random.choice(["gpu", "db"])}
            if self.chance(0.7):
                toleration["effect"] = random.choice(["NoSchedule", "NoExecute"])
            if toleration.get("effect") == "NoExecute" and self.chance(0.4):
                toleration["tolerationSeconds"] = random.choice([10, 600])
            found.append(toleration)
        return {"tolerations": found} if found else {}

    def _selectors(self) -> Thing:
        spec: Thing = {}
        if self.chance(0.3):
            spec["nodeSelector"] = {"pool": self.random.choice(["a", "b"])}
        if self.chance(0.3):
            spec["topologySpreadConstraints"] = [self._constraint()]
        if self.chance(0.3):
            where = self.random.choice(["podAffinity", "podAntiAffinity"])
            required = "requiredDuringSchedulingIgnoredDuringExecution"
            spec["affinity"] = {where: {required: [self._term()]}}
        return spec

    def _constraint(self) -> Thing:
        constraint: Thing = {
            "maxSkew": 1,
            "topologyKey": "zone",
            "whenUnsatisfiable": self.random.choice(["DoNotSchedule", "ScheduleAnyway"]),
            "labelSelector": {"matchLabels": {"app": "web"}},
        }
        if self.chance(0.5):
            constraint["matchLabelKeys"] = self.random.choice([["version"], ["absent", "tier"]])
        return constraint

    def _term(self) -> Thing:
        term: Thing = {"topologyKey": "zone"}
        if self.chance(0.8):
            term["labelSelector"] = {"matchLabels": {"app": "web"}}
        if "labelSelector" in term and self.chance(0.6):
            term["matchLabelKeys"] = ["version"]
        if "labelSelector" in term and self.chance(0.4):
            term["mismatchLabelKeys"] = ["tier", "absent"]
        if self.chance(0.3):
            term["namespaces"] = ["elsewhere"]
        return term

    def _volumes(self) -> Thing:
        if not self.chance(0.3):
            return {}
        claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "0.5Gi"}}}
        return {
            "volumes": [
                {"name": "own", "ephemeral": {"volumeClaimTemplate": {"spec": claim}}},
                {"name": "rbd", "rbd": {"monitors": ["m:1"], "image": "i"}},
                {"name": "azure", "azureDisk": {"diskName": "d", "diskURI": "https://x/d"}},
                {"name": "empty"},
            ]
        }

    def claim(self, namespace: str) -> Thing:
        """A claim as a StatefulSet would make it."""
        self.made += 1
        size = self.random.choice(["0.5Gi", "1Gi", "3G", "10Gi"])
        spec: Thing = {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": size}},
        }
        if self.chance(0.5):
            spec["storageClassName"] = self.random.choice(["fast", "slow", ""])
        meta = {"name": f"claim-{self.made}", "namespace": namespace}
        return {
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": meta,
            "spec": spec,
        }

    def limit_range(self, namespace: str) -> Thing:
        """Bounds and defaults that some pods meet."""
        items = [self._item("Container")]
        if self.chance(0.5):
            items.append(self._item("Pod"))
        if self.chance(0.5):
            storage = {"min": {"storage": "600Mi"}, "max": {"storage": "5Gi"}}
            items.append({"type": "PersistentVolumeClaim", **storage})
        meta = {"name": "limits", "namespace": namespace}
        spec = {"limits": items}
        return {"apiVersion": "v1", "kind": "LimitRange", "metadata": meta, "spec": spec}

    def _item(self, kind: str) -> Thing:
        random = self.random
        item: Thing = {"type": kind}
        for name, least, middle, most in (
            ("cpu", "50m", ("0.1", "250m"), ("1", "4")),
            ("memory", "1Mi", ("64Mi", "100M"), ("1Gi", "8Gi")),
        ):
            if self.chance(0.3):
                item.setdefault("min", {})[name] = least
            if self.chance(0.4):
                item.setdefault("max", {})[name] = random.choice(most)
            if kind == "Container" and self.chance(0.5):
                item.setdefault("default", {})[name] = middle[1]
            if kind == "Container" and self.chance(0.5):
                item.setdefault("defaultRequest", {})[name] = middle[0]
            if self.chance(0.15):
                item.setdefault("maxLimitRequestRatio", {})[name] = random.choice(["2", "4", "1.5"])
        return item

    def quota(self, namespace: str) -> Thing:
        """What is left of it is often too little; some have scopes."""
        random = self.random
        hard: Thing = {}
        for name, values in (
            ("pods", ("0", "3", "10")),
            ("count/pods", ("5",)),
            ("requests.cpu", ("1", "4")),
            ("limits.cpu", ("2500m", "10")),
            ("memory", ("1Gi", "8Gi")),
            ("limits.memory", ("2Gi",)),
            ("requests.ephemeral-storage", ("2Gi",)),
            ("requests.example.com/gpu", ("1",)),
            ("hugepages-2Mi", ("2Mi",)),
            ("requests.storage", ("2Gi", "20Gi")),
            ("persistentvolumeclaims", ("0", "5")),
            ("fast.storageclass.storage.k8s.io/requests.storage", ("1Gi",)),
        ):
            if self.chance(0.25):
                hard[name] = random.choice(values)
        spec: Thing = {"hard": hard or {"pods": "1"}}
        if self.chance(0.3):
            self._scope(spec)
        meta = {"name": "quota", "namespace": namespace}
        return {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": meta, "spec": spec}

    def _scope(self, spec: Thing) -> None:
        """With those resources alone that scopes apply to."""
        random = self.random
        scoped = ("pods", "memory", "requests.cpu", "limits.cpu", "limits.memory")
        plain = {name: spec["hard"][name] for name in scoped if name in spec["hard"]}
        spec["hard"] = plain or {"pods": "1"}
        if self.chance(0.3):
            match = {"scopeName": "PriorityClass", "operator": "In", "values": ["high", "low"]}
            spec["scopeSelector"] = {"matchExpressions": [match]}
            return
        scope = random.choice(["Terminating", "NotTerminating", "NotBestEffort", "BestEffort"])
        if scope == "BestEffort":
            spec["hard"] = {"pods": random.choice(["0", "1"])}
        spec["scopes"] = [scope]
