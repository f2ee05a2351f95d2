"""The releases in which kube-proxy's modes come and go, as minors of Kubernetes 1."""

# KEP-5495: the event IPVSDeprecation, the gate KubeProxyIPVS off, the code gone
IPVS_DEPRECATED, IPVS_OFF, IPVS_GONE = 35, 40, 43
# KEP-3866 and KEP-5343: nftables GA, a warning where no mode is given, nftables the default
NFTABLES_STABLE, UNSET_WARNED, NFTABLES_DEFAULT = 33, 37, 40
NFTABLES_KERNEL = (5, 13)  # NFTablesKubeProxyKernelVersion of k8s.io/kubernetes/pkg/util/kernel
