"""What validation asks beyond the schema, a group of kinds a file: of a field, and of a type as a whole."""

from collections.abc import Callable
from typing import Any

from tests.kubectl_neat.random_objects.maker import Maker, Mend
from tests.kubectl_neat.random_objects.rules import (
    admission,
    cluster,
    containers,
    identities,
    networking,
    pods,
    volumes,
    workloads,
)

_ROOMS = (pods, containers, volumes, workloads, networking, cluster, admission, identities)
# Required by validation, though not by the schema.
MUSTS = {
    "name",
    "controller",
    "apiregistration.v1.APIService.spec",
    "core.v1.ExecAction.command",
    "core.v1.ContainerRestartRule.exitCodes",
    "autoscaling.v1.CrossVersionObjectReference.apiVersion",
    "autoscaling.v2.CrossVersionObjectReference.apiVersion",
    "core.v1.SecretVolumeSource.secretName",
    "core.v1.EphemeralVolumeSource.volumeClaimTemplate",
    "resource.v1.DeviceClassConfiguration.opaque",
    "resource.v1.DeviceClaimConfiguration.opaque",
    "core.v1.ImageVolumeSource.reference",
    "resource.v1.DeviceSelector.cel",
    "storage.v1.VolumeAttributesClass.parameters",
    "certificates.v1.CertificateSigningRequestSpec.usages",
    "rbac.v1.AggregationRule.clusterRoleSelectors",
    "admissionregistration.v1.MutatingAdmissionPolicySpec.reinvocationPolicy",
    "admissionregistration.v1.MutatingAdmissionPolicyBindingSpec.policyName",
    "networking.v1.ServiceCIDRSpec.cidrs",
    "events.v1.Event.reason", "events.v1.Event.action", "events.v1.Event.type",
    "events.v1.Event.reportingController", "events.v1.Event.reportingInstance",
}  # fmt: skip
FIELDS: dict[str, Callable[[Maker], Any]] = {}
MENDS: dict[str, Mend] = {}
for _room in _ROOMS:
    FIELDS |= _room.FIELDS
    MENDS |= _room.MENDS
