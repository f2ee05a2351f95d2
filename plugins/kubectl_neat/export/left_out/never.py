"""Kinds that no user writes: they are not even read."""

NEVER_WRITTEN = "never-written"
NODES = "the kubelet or the cloud registers nodes"
RUNNING = "it says what goes on at this moment, and is out of date when it is applied"
ALLOCATED = "a controller or driver makes it for another object"

NEVER: dict[tuple[str, str], str] = {
    ("", "Event"): RUNNING,
    ("events.k8s.io", "Event"): RUNNING,
    ("", "Node"): NODES,
    ("", "ComponentStatus"): RUNNING,
    ("storage.k8s.io", "CSINode"): NODES,
    ("storage.k8s.io", "CSIStorageCapacity"): ALLOCATED,
    ("storage.k8s.io", "VolumeAttachment"): ALLOCATED,
    ("apps", "ControllerRevision"): ALLOCATED,
    ("coordination.k8s.io", "Lease"): RUNNING,
    ("coordination.k8s.io", "LeaseCandidate"): RUNNING,
    ("certificates.k8s.io", "CertificateSigningRequest"): RUNNING,
    ("certificates.k8s.io", "PodCertificateRequest"): RUNNING,
    ("networking.k8s.io", "IPAddress"): ALLOCATED,
    ("resource.k8s.io", "ResourceSlice"): ALLOCATED,
    ("internal.apiserver.k8s.io", "StorageVersion"): RUNNING,
    ("storagemigration.k8s.io", "StorageVersionMigration"): RUNNING,
}
