"""What admission, storage and controllers add to an object: one file for each of them.

First what the kind tells, then what any object may have: a rule may look at metadata that a later one takes away.
"""

from collections.abc import Callable

from kubectl_neat.added import (
    annotations,
    certificates,
    finalizers,
    jobs,
    match_label_keys,
    namespaces,
    nodes,
    pods,
    roles,
    server_metadata,
    service_accounts,
    services,
    volumes,
)
from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work

Rule = Callable[[Work, Evidence], None]

OF_KINDS: dict[str, tuple[Rule, ...]] = {
    "Pod": (
        pods.take_service_account,
        pods.take_default_tolerations,
        pods.take_priority,
        pods.take_limit_ranger,
        pods.take_overhead,
        pods.take_placement,
        pods.take_ephemeral_containers,
        pods.take_app_armor_annotations,
        pods.take_controllers_labels,
        match_label_keys.take_match_label_keys,
    ),
    "ReplicaSet": (pods.take_template_hash,),
    "Job": (jobs.take_generated_selector,),
    "Service": (services.take_addresses, services.take_families, services.take_node_ports),
    "PersistentVolume": (volumes.take_claim,),
    "PersistentVolumeClaim": (volumes.take_volume, volumes.take_data_source),
    "StatefulSet": (volumes.take_kinds_of_templates,),
    "Namespace": (namespaces.take_name_label, namespaces.take_finalizer),
    "ServiceAccount": (service_accounts.take_generated_secrets,),
    "Secret": (service_accounts.take_token,),
    "ClusterRole": (roles.take_aggregated_rules,),
    "Node": (nodes.take_allocated, nodes.take_condition_taints),
    "CertificateSigningRequest": (certificates.take_requester,),
    "MutatingWebhookConfiguration": (certificates.take_injected_bundles,),
    "ValidatingWebhookConfiguration": (certificates.take_injected_bundles,),
    "CustomResourceDefinition": (certificates.take_injected_bundles,),
    "APIService": (certificates.take_injected_bundles,),
    "DeviceTaintRule": (nodes.take_moment_of_taint,),
    "ResourceSlice": (nodes.take_moments_of_device_taints,),
}
OF_ALL: tuple[Rule, ...] = (
    finalizers.take_finalizers,
    annotations.take_annotations,
    server_metadata.take_owners,
    server_metadata.take_metadata,
    server_metadata.take_status,
)


def take_added(work: Work, evidence: Evidence, kind: str) -> None:
    """Takes it all away; `kind` is empty for a kind that is not built in."""
    for take in (*OF_KINDS.get(kind, ()), *OF_ALL):
        take(work, evidence)


def take_emptied(work: Work) -> None:
    """Metadata's mappings and lists of which nothing is left: they say nothing when they are empty."""
    for field in ("labels", "annotations", "finalizers"):
        work.drop_emptied(("metadata", field))
