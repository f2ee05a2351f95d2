"""What to do about each reason that kubelets give for a pod that does not start."""

IMAGE = "correct the image's name, or its imagePullSecrets; the kubelet tries again by itself"
CONFIG = "create what is missing or correct the reference; the kubelet tries again by itself"
VOLUME = "create or repair the volume that the message names; the kubelet tries again by itself"
NETWORK = "see the network plugin's pod on that node; the kubelet tries again by itself"
HOOK = "a hook of the kubelet fails: see the message"
SEEN = "see the message; the kubelet tries again by itself"

# Reasons of waiting containers: pkg/kubelet/images/types.go, pkg/kubelet/kuberuntime.
OF_CONTAINERS = {
    "ErrImagePull": IMAGE,
    "ImagePullBackOff": IMAGE,
    "InvalidImageName": "correct the image's name: it cannot be parsed",
    "ErrImageNeverPull": "the image is not on the node, and imagePullPolicy is Never",
    "ImageInspectError": "the node's container runtime cannot read the image",
    "RegistryUnavailable": "the registry does not answer from this node",
    "SignatureValidationFailed": "the image's signature is not accepted on this node",
    "CreateContainerConfigError": CONFIG,
    "CreateContainerError": "see the message: the container runtime refuses the container",
    "RunContainerError": "see the message: the command, a device or a mount does not work",
    "PreCreateHookError": HOOK,
    "PreStartHookError": HOOK,
    "PostStartHookError": "the container's own postStart hook fails",
    "CrashLoopBackOff": "it starts and ends again: see its logs",
}
# Reasons of warnings about a pod: pkg/kubelet/events/event.go and the attach controller.
OF_EVENTS = {
    "FailedMount": VOLUME,
    "FailedAttachVolume": "the volume may hang on another node: kubectl get volumeattachments",
    "FailedMapVolume": VOLUME,
    "AlreadyMountedVolume": VOLUME,
    "FailedMountOnFilesystemMismatch": "the volume holds another file system than its PV says",
    "FailedCreatePodSandBox": NETWORK,
    "FailedPodSandBoxStatus": "see the node's container runtime",
    "NetworkNotReady": NETWORK,
    "FailedPrepareDynamicResources": "see the device driver's pod on that node, and the ResourceClaim",
    "FailedCreatePodContainer": SEEN,
    "FailedNodeDeclaredFeaturesCheck": "the node lacks a feature that the pod needs",
    "VolumePermissionChangeInProgress": "large volumes take long: fsGroupChangePolicy OnRootMismatch is faster",
    "FailedSync": SEEN,
    "FailedValidation": SEEN,
    "FailedPostStartHook": "the container's own postStart hook fails",
    "InspectFailed": "the node's container runtime cannot read the image, or its name is wrong",
    "Failed": "",
    "BackOff": "",
}
