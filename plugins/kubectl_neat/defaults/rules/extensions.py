"""SetDefaults_CustomResourceDefinitionSpec and _ServiceReference of the API's extensions.

k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/defaults.go, k8s.io/kube-aggregator/pkg/apis/apiregistration/v1.
"""

from kubectl_neat.defaults.rules.rule import Filled, Node


def _set_definition(spec: Node) -> None:
    names = spec.get("names", {})
    if names.get("kind"):
        names.setdefault("singular", str(names["kind"]).lower())
        names.setdefault("listKind", f"{names['kind']}List")
    spec.setdefault("conversion", {"strategy": "None"})


def _set_service(reference: Node) -> None:
    reference.setdefault("port", 443)


DEFINITION = Filled(
    ("names.singular", "names.listKind", "conversion"), _set_definition, ("names.kind",)
)
SERVICE = Filled(("port",), _set_service)
