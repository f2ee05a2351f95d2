"""The kinds that every server has, by kubectl's words for them: to ask for one nobody needs to ask what is served.

A server whose answer is no may have other kinds by these words, or other versions: then discovery decides. The short
names `quota` and `limits` are left to it altogether: as words, they may be somebody's own kinds.
"""

from kubectl_fieldkit.cluster.discovery import ApiResource, Discovery

# In the server's order, which decides between two groups that have a word, and two versions.
_NAMESPACED = """
v1 ConfigMap cm
v1 Endpoints ep
v1 Event ev
v1 LimitRange
v1 PersistentVolumeClaim pvc
v1 Pod po
v1 PodTemplate
v1 ReplicationController rc
v1 ResourceQuota
v1 Secret
v1 ServiceAccount sa
v1 Service svc
apps/v1 ControllerRevision
apps/v1 DaemonSet ds
apps/v1 Deployment deploy
apps/v1 ReplicaSet rs
apps/v1 StatefulSet sts
events.k8s.io/v1 Event ev
autoscaling/v2 HorizontalPodAutoscaler hpa
autoscaling/v1 HorizontalPodAutoscaler hpa
batch/v1 CronJob cj
batch/v1 Job
networking.k8s.io/v1 Ingress ing
networking.k8s.io/v1 NetworkPolicy netpol
policy/v1 PodDisruptionBudget pdb
rbac.authorization.k8s.io/v1 RoleBinding
rbac.authorization.k8s.io/v1 Role
coordination.k8s.io/v1 Lease
discovery.k8s.io/v1 EndpointSlice
"""
_OF_THE_CLUSTER = """
v1 Namespace ns
v1 Node no
v1 PersistentVolume pv
apiregistration.k8s.io/v1 APIService
certificates.k8s.io/v1 CertificateSigningRequest csr
networking.k8s.io/v1 IngressClass
rbac.authorization.k8s.io/v1 ClusterRoleBinding
rbac.authorization.k8s.io/v1 ClusterRole
storage.k8s.io/v1 CSIDriver
storage.k8s.io/v1 CSINode
storage.k8s.io/v1 StorageClass sc
admissionregistration.k8s.io/v1 MutatingWebhookConfiguration
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding
admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration
apiextensions.k8s.io/v1 CustomResourceDefinition crd crds
scheduling.k8s.io/v1 PriorityClass pc
node.k8s.io/v1 RuntimeClass
flowcontrol.apiserver.k8s.io/v1 FlowSchema
flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration
"""


def _plural(singular: str) -> str:
    """UnsafeGuessKindToResource of k8s.io/apimachinery/pkg/api/meta, which is right for these kinds."""
    if singular == "endpoints":
        return singular
    if singular.endswith("s"):
        return f"{singular}es"
    return f"{singular[:-1]}ies" if singular.endswith("y") else f"{singular}s"


def _resource(line: str, namespaced: bool) -> ApiResource:
    api_version, kind, *short_names = line.split()
    group, _, version = api_version.rpartition("/")
    singular = kind.lower()
    return ApiResource(
        group, version, _plural(singular), singular, kind, namespaced, tuple(short_names)
    )


BUILT_IN = Discovery(
    tuple(
        _resource(line, namespaced)
        for table, namespaced in ((_NAMESPACED, True), (_OF_THE_CLUSTER, False))
        for line in table.split("\n")
        if line
    )
)
