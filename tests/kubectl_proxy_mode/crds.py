"""The custom resources that replacements of kube-proxy bring along, with a schema that takes anything."""

from functools import partial
from typing import Any

from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
SCHEMA = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
# group, versions, plural, kind, scope: as the systems' own CustomResourceDefinitions have them
KINDS = (
    ("cilium.io", ("v2", "v2alpha1"), "ciliumnodeconfigs", "CiliumNodeConfig", "Namespaced"),
    ("operator.tigera.io", ("v1",), "installations", "Installation", "Cluster"),
    ("crd.projectcalico.org", ("v1",), "felixconfigurations", "FelixConfiguration", "Cluster"),
    ("operator.openshift.io", ("v1",), "networks", "Network", "Cluster"),
)


def create_crds(lab: Lab) -> None:
    """Makes the API server serve them all."""
    for group, versions, plural, kind, scope in KINDS:
        served = [
            {"name": name, "served": True, "storage": name == versions[0], "schema": SCHEMA}
            for name in versions
        ]
        names = {"plural": plural, "kind": kind, "singular": kind.lower()}
        spec = {"group": group, "scope": scope, "names": names, "versions": served}
        body: dict[str, Any] = {"metadata": {"name": f"{plural}.{group}"}, "spec": spec}
        lab.api.send("POST", CRDS, body)
    for group, _, plural, _, _ in KINDS:
        wait_for(plural, partial(_is_served, lab, f"{CRDS}/{plural}.{group}"))


def _is_served(lab: Lab, path: str) -> bool:
    conditions = lab.api.send("GET", path).get("status", {}).get("conditions", ())
    return any(c["type"] == "Established" and c["status"] == "True" for c in conditions)
