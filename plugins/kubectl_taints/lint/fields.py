"""The fields that the API knows on the way to tolerations and taints, as of v1.37."""

# A type's fields; `field>Type` leads on to a type of this table.
FIELDS = {
    "Pod": "apiVersion kind metadata spec>PodSpec status",
    "Deployment": "apiVersion kind metadata spec>DeploymentSpec status",
    "StatefulSet": "apiVersion kind metadata spec>StatefulSetSpec status",
    "DaemonSet": "apiVersion kind metadata spec>DaemonSetSpec status",
    "ReplicaSet": "apiVersion kind metadata spec>ReplicaSetSpec status",
    "ReplicationController": "apiVersion kind metadata spec>ReplicationControllerSpec status",
    "Job": "apiVersion kind metadata spec>JobSpec status",
    "CronJob": "apiVersion kind metadata spec>CronJobSpec status",
    "PodTemplate": "apiVersion kind metadata template>PodTemplateSpec",
    "Node": "apiVersion kind metadata spec>NodeSpec status",
    "DeploymentSpec": "minReadySeconds paused progressDeadlineSeconds replicas revisionHistoryLimit "
    "selector strategy template>PodTemplateSpec",
    "StatefulSetSpec": "minReadySeconds ordinals persistentVolumeClaimRetentionPolicy "
    "podManagementPolicy replicas revisionHistoryLimit selector serviceName "
    "template>PodTemplateSpec updateStrategy volumeClaimTemplates",
    "DaemonSetSpec": "minReadySeconds revisionHistoryLimit selector template>PodTemplateSpec "
    "updateStrategy",
    "ReplicaSetSpec": "minReadySeconds replicas selector template>PodTemplateSpec",
    "ReplicationControllerSpec": "minReadySeconds replicas selector template>PodTemplateSpec",
    "JobSpec": "activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions "
    "managedBy manualSelector maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy "
    "scheduling selector successPolicy suspend template>PodTemplateSpec ttlSecondsAfterFinished",
    "CronJobSpec": "concurrencyPolicy failedJobsHistoryLimit jobTemplate>JobTemplateSpec schedule "
    "startingDeadlineSeconds successfulJobsHistoryLimit suspend timeZone",
    "JobTemplateSpec": "metadata spec>JobSpec",
    "PodTemplateSpec": "metadata spec>PodSpec",
    "PodSpec": "activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig "
    "dnsPolicy enableServiceLinks ephemeralContainers evictionResponders hostAliases hostIPC "
    "hostNetwork hostPID hostUsers hostname hostnameOverride imagePullSecrets initContainers "
    "nodeName nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates "
    "resourceClaims resources restartPolicy runtimeClassName schedulerName schedulingGates "
    "schedulingGroup securityContext serviceAccount serviceAccountName setHostnameAsFQDN "
    "shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations>Toleration "
    "topologySpreadConstraints volumes",
    "NodeSpec": "configSource externalID podCIDR podCIDRs podPreemptionPolicy providerID "
    "taints>Taint unschedulable",
    "Toleration": "effect key operator tolerationSeconds value",
    "Taint": "effect key timeAdded value",
}


def fields_of(kind: str) -> dict[str, str]:
    """Each field of a type, and the type that it leads to, if that is in the table."""
    parts = (word.partition(">") for word in FIELDS[kind].split())
    return {name: leads_to for name, _, leads_to in parts}
