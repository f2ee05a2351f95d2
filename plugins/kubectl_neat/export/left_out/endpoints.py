"""Endpoints that controllers work out from Services and their pods."""

from kubectl_neat.export.left_out.rule import Candidate, Rule, Surroundings

SLICES = "discovery.k8s.io"
MANAGED_BY = "endpointslice.kubernetes.io/managed-by"
OF_ENDPOINTS = "endpoints.kubernetes.io/managed-by"  # since 1.33
CONTROLLERS = {"endpointslice-controller.k8s.io", "endpointslicemirroring-controller.k8s.io"}


def _slice(candidate: Candidate, _: Surroundings) -> str:
    manager = candidate.labels.get(MANAGED_BY)
    if candidate.is_a(SLICES, "EndpointSlice") and manager in CONTROLLERS:
        return f"{manager} makes it"
    return ""


def _endpoints(candidate: Candidate, surroundings: Surroundings) -> str:
    """Those without a Service, or whose Service selects nothing, are somebody's own."""
    selected = (candidate.namespace, candidate.name) in surroundings.selecting
    managed = candidate.labels.get(OF_ENDPOINTS) == "endpoint-controller"
    if candidate.is_a("", "Endpoints") and (selected or managed):
        return "worked out from the Service's selector"
    return ""


SLICE = Rule("endpointslice-controller", _slice)
ENDPOINTS = Rule("endpoint-controller", _endpoints)
