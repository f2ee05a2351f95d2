"""What validation asks of a volume, in a pod or by itself."""

from tests.kubectl_neat.random_objects.maker import TYPES, Maker, Tree
from tests.kubectl_neat.random_objects.rules.drawing import (
    drop,
    exactly_one,
    give,
    map_of,
    one_of,
    some_of,
)

SOURCES = tuple(field for field in TYPES["core.v1.Volume"] if field != "name!")
_NO_SOURCE = {
    "accessModes", "capacity", "claimRef", "mountOptions", "nodeAffinity", "storageClassName",
    "persistentVolumeReclaimPolicy", "volumeAttributesClassName", "volumeMode",
}  # fmt: skip
PERSISTENT = tuple(f for f in TYPES["core.v1.PersistentVolumeSpec"] if f not in _NO_SOURCE)
PROJECTED = ("clusterTrustBundle", "configMap", "downwardAPI", "secret", "serviceAccountToken")


def volume(maker: Maker, tree: Tree) -> None:
    """One source, or none: the server then gives an empty directory."""
    drop(tree, *SOURCES)
    if maker.random.random() < 0.9:
        often = ("configMap", "secret", "emptyDir", "projected", "downwardAPI", "hostPath")
        source = maker.one(SOURCES + often)
        give(maker, tree, "core.v1.Volume", source)


def items(maker: Maker, tree: Tree) -> None:
    """Each key goes to a path of its own."""
    for position, item in enumerate(tree.get("items", ())):
        item["path"] = f"p{position}"


def projection(maker: Maker, tree: Tree) -> None:
    """One source, its files apart from the others'."""
    drop(tree, *PROJECTED, "podCertificate")
    give(maker, tree, "core.v1.VolumeProjection", maker.one(PROJECTED))


def projected(maker: Maker, tree: Tree) -> None:
    """Sources whose paths do not meet."""
    for at, source in enumerate(tree.get("sources", ())):
        for item in [row for part in source.values() for row in part.get("items", [part])]:
            if "path" in item:
                item["path"] = f"s{at}/{item['path']}"


def file(maker: Maker, tree: Tree) -> None:
    """A field, or a resource of a container that is named."""
    exactly_one("core.v1.DownwardAPIVolumeFile", "fieldRef", "resourceFieldRef")(maker, tree)
    if "resourceFieldRef" in tree:
        tree["resourceFieldRef"]["containerName"] = "c0"


def trust_bundle(maker: Maker, tree: Tree) -> None:
    """By name, or by signer and labels."""
    if "signerName" in tree:
        drop(tree, "name")
        give(maker, tree, "core.v1.ClusterTrustBundleProjection", "labelSelector")
    else:
        drop(tree, "labelSelector")
        tree["name"] = "a"


def fibre(maker: Maker, tree: Tree) -> None:
    """By target and unit, or by identifiers."""
    drop(tree, "targetWWNs", "lun", "wwids")
    tree |= maker.one(({"targetWWNs": ["a"], "lun": 0}, {"wwids": ["a"]}))


def azure_disk(maker: Maker, tree: Tree) -> None:
    """Where a disk is depends on what it is."""
    tree["diskURI"] = "https://x.blob.core.windows.net/v/d.vhd"
    if tree.get("kind") == "Managed":
        tree["diskURI"] = "/subscriptions/x"


def claim(maker: Maker, tree: Tree) -> None:
    """A claim asks for storage, and for no more than its limit."""
    tree["resources"] = {"requests": {"storage": maker.one(("1Gi", "500Mi"))}}
    if maker.hit():
        tree["resources"]["limits"] = {"storage": "2Gi"}
    tree["accessModes"] = maker.one((["ReadWriteOnce"], ["ReadOnlyMany", "ReadWriteMany"]))
    source = maker.one(("dataSource", "dataSourceRef"))
    drop(tree, source)
    if tree.get("storageClassName") == "" or maker.one((True, False)):
        drop(tree, "volumeAttributesClassName")


def data_source(maker: Maker, tree: Tree) -> None:
    """Claims and snapshots can be the start of a claim."""
    drop(tree, "apiGroup", "namespace")
    tree |= maker.one(
        (
            {"kind": "PersistentVolumeClaim"},
            {"kind": "VolumeSnapshot", "apiGroup": "snapshot.storage.k8s.io"},
        )
    )


def persistent(maker: Maker, tree: Tree) -> None:
    """One source, of a size, for some way of access."""
    exactly_one("core.v1.PersistentVolumeSpec", *PERSISTENT)(maker, tree)
    tree["capacity"] = {"storage": maker.one(("1Gi", "500Mi"))}
    tree["accessModes"] = maker.one((["ReadWriteOnce"], ["ReadOnlyMany", "ReadWriteMany"]))
    if tree.get("persistentVolumeReclaimPolicy") == "Recycle":
        tree["persistentVolumeReclaimPolicy"] = "Retain"
    if "volumeAttributesClassName" in tree and "csi" not in tree:
        drop(tree, "volumeAttributesClassName")
    if "local" in tree:
        term = {"matchExpressions": [{"key": "a", "operator": "In", "values": ["b"]}]}
        tree["nodeAffinity"] = {"required": {"nodeSelectorTerms": [term]}}
    if "nodeAffinity" in tree and "required" not in tree["nodeAffinity"]:
        drop(tree, "nodeAffinity")
    if "claimRef" in tree:
        tree["claimRef"] = {"name": "data", "namespace": "default"}


def secret_reference(maker: Maker, tree: Tree) -> None:
    """A secret anywhere in the cluster is named with its namespace."""
    tree |= {"name": "s", "namespace": "default"}


def mount_options(maker: Maker, tree: Tree) -> None:
    """Scale-IO and Portworx want their names."""
    tree |= {"volumeName": "v", "system": "s", "gateway": "https://gateway"}


MODE = one_of(420, 420, 0, 256, 511)
FIELDS = {
    "defaultMode": MODE, "mode": MODE,
    "core.v1.EmptyDirVolumeSource.medium": one_of("", "Memory", "HugePages"),
    "core.v1.EmptyDirVolumeSource.sizeLimit": one_of("1Gi", "64Mi"),
    "core.v1.HostPathVolumeSource.path": one_of("/var/log"),
    "core.v1.HostPathVolumeSource.type": one_of("", "Directory", "DirectoryOrCreate", "File"),
    "core.v1.SecretVolumeSource.secretName": one_of("s"),
    "core.v1.ServiceAccountTokenProjection.expirationSeconds": one_of(3600, 3607, 600, 86400),
    "core.v1.ServiceAccountTokenProjection.path": one_of("token"),
    "core.v1.ClusterTrustBundleProjection.path": one_of("bundle"),
    "core.v1.ClusterTrustBundleProjection.signerName": one_of("example.com/s"),
    "core.v1.GCEPersistentDiskVolumeSource.partition": one_of(0, 1),
    "core.v1.FlexVolumeSource.driver": one_of("example.com/d"),
    "core.v1.FlexPersistentVolumeSource.driver": one_of("example.com/d"),
    "core.v1.NFSVolumeSource.path": one_of("/export"),
    "core.v1.LocalVolumeSource.path": one_of("/data"),
    "iqn": one_of("iqn.2015-02.example.com:test"),
    "core.v1.ISCSIVolumeSource.initiatorName": one_of("iqn.2015-02.example.com:init"),
    "core.v1.ISCSIPersistentVolumeSource.initiatorName": one_of("iqn.2015-02.example.com:init"),
    "lun": one_of(0, 1),
    "monitors": some_of("192.0.2.1:6789", "192.0.2.2:6789"),
    "registry": one_of("q:7861"),
    "core.v1.QuobyteVolumeSource.volume": one_of("v"),
    "endpointsNamespace": one_of("default"),
    "secretNamespace": one_of("default"),
    "core.v1.GitRepoVolumeSource.directory": one_of("a", "."),
    "core.v1.ImageVolumeSource.reference": one_of("r/web", "web:latest", "web:1"),
    "core.v1.PersistentVolumeSpec.mountOptions": some_of("ro", "soft", least=0),
    "core.v1.CSIVolumeSource.driver": one_of("csi.example.com"),
    "core.v1.CSIPersistentVolumeSource.driver": one_of("csi.example.com"),
    "storageClassName": one_of("", "fast", "standard"),
    "volumeAttributesClassName": one_of("gold"),
    "core.v1.PersistentVolumeClaimSpec.volumeName": one_of("pv1"),
    "core.v1.PersistentVolumeClaimTemplate.metadata": map_of((), ()),
    "core.v1.StorageOSVolumeSource.volumeNamespace": one_of("default"),
    "core.v1.StorageOSPersistentVolumeSource.volumeNamespace": one_of("default"),
}  # fmt: skip
MENDS = {
    "core.v1.Volume": volume,
    "core.v1.SecretVolumeSource": items,
    "core.v1.ConfigMapVolumeSource": items,
    "core.v1.DownwardAPIVolumeSource": items,
    "core.v1.SecretProjection": items,
    "core.v1.ConfigMapProjection": items,
    "core.v1.DownwardAPIProjection": items,
    "core.v1.VolumeProjection": projection,
    "core.v1.ProjectedVolumeSource": projected,
    "core.v1.DownwardAPIVolumeFile": file,
    "core.v1.ClusterTrustBundleProjection": trust_bundle,
    "core.v1.FCVolumeSource": fibre,
    "core.v1.AzureDiskVolumeSource": azure_disk,
    "core.v1.PersistentVolumeClaimSpec": claim,
    "core.v1.TypedLocalObjectReference": data_source,
    "core.v1.TypedObjectReference": data_source,
    "core.v1.PersistentVolumeSpec": persistent,
    "core.v1.SecretReference": secret_reference,
    "core.v1.ScaleIOVolumeSource": mount_options,
    "core.v1.ScaleIOPersistentVolumeSource": mount_options,
    "core.v1.FlockerVolumeSource": exactly_one(
        "core.v1.FlockerVolumeSource", "datasetName", "datasetUUID"
    ),
}
