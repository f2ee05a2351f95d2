"""The defaults that depend on something, by the type that they are filled in at."""

from kubectl_neat.defaults.rules import (
    autoscaling,
    extensions,
    image_pull_policy,
    pod,
    policies,
    service,
    volume,
    workloads,
)
from kubectl_neat.defaults.rules.limit_range import LimitRangeItem
from kubectl_neat.defaults.rules.rule import Rule as Rule

RULES: dict[str, tuple[Rule, ...]] = {
    "core.v1.Container": (image_pull_policy.CONTAINER,),
    "core.v1.EphemeralContainer": (image_pull_policy.CONTAINER,),
    "core.v1.ImageVolumeSource": (image_pull_policy.IMAGE_VOLUME,),
    "core.v1.PodSpec": (pod.POD_SPEC,),
    "core.v1.Pod": (pod.POD, pod.RequestsOfLimits(), pod.HostPorts()),
    "core.v1.PersistentVolume": (volume.PERSISTENT_VOLUME,),
    "core.v1.ServiceSpec": (service.SERVICE,),
    "core.v1.ServicePort": (service.PORT,),
    "core.v1.LimitRangeItem": (LimitRangeItem(),),
    "core.v1.ReplicationController": (workloads.REPLICATION_CONTROLLER,),
    "apps.v1.DeploymentStrategy": (workloads.DEPLOYMENT_STRATEGY,),
    "apps.v1.DaemonSetUpdateStrategy": (workloads.DAEMON_SET_STRATEGY,),
    "apps.v1.StatefulSetUpdateStrategy": (workloads.STATEFUL_SET_STRATEGY,),
    "batch.v1.Job": (workloads.JOB, workloads.JOB_LABELS),
    "autoscaling.v1.HorizontalPodAutoscalerSpec": (autoscaling.V1_TARGET,),
    "autoscaling.v2.HorizontalPodAutoscalerBehavior": (autoscaling.BEHAVIOR,),
    "networking.v1.NetworkPolicySpec": (policies.POLICY_TYPES,),
    "rbac.v1.Subject": (policies.SUBJECT,),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec": (
        extensions.DEFINITION,
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference": (extensions.SERVICE,),
    "kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference": (extensions.SERVICE,),
    **{
        f"resource.{version}.{name}": (policies.DEVICE_REQUEST,)
        for version in ("v1", "v1beta1", "v1beta2", "v1alpha3")
        for name in ("ExactDeviceRequest", "DeviceSubRequest")
    },
    **{
        f"resource.{version}.DeviceRequest": (policies.V1BETA1_DEVICE_REQUEST,)
        for version in ("v1beta1", "v1alpha3")
    },
}
