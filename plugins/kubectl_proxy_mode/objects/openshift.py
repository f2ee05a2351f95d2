"""operator.openshift.io Network: which network OpenShift's operator deploys, and whether with kube-proxy."""

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource


class DefaultNetwork(Kube, frozen=True):
    """The network's type, such as OVNKubernetes."""

    type: str = ""


class NetworkSpec(Kube, frozen=True):
    """What the operator is to deploy; None leaves kube-proxy to the network's type."""

    default_network: DefaultNetwork = DefaultNetwork()
    deploy_kube_proxy: bool | None = None


class Network(KubeObject, frozen=True):
    """The operator's one object, called cluster."""

    spec: NetworkSpec = NetworkSpec()


NETWORKS = Resource("operator.openshift.io", "v1", "networks", "Network", False, Network)
