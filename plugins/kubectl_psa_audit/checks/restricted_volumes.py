"""In addition to restricting HostPath volumes, the restricted profile limits volume types.

Allowed are inline pod volume sources of the kinds configMap, csi, downwardAPI, emptyDir, ephemeral,
image, persistentVolumeClaim, projected and secret.

Restricted Fields:
    spec.volumes[*].{hostPath,gcePersistentDisk,awsElasticBlockStore,gitRepo,nfs,iscsi,glusterfs,
    rbd,flexVolume,cinder,cephfs,flocker,fc,azureFile,vsphereVolume,quobyte,azureDisk,
    portworxVolume,photonPersistentDisk,scaleIO,storageos}
Allowed Values: undefined/null

Mirrors policy/check_restrictedVolumes.go.
"""

from kubectl_psa_audit.checks import host_path_volumes, wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level
from kubectl_psa_audit.volumes import Volume

REASON = "restricted volume types"
ALLOWED = (
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
)


def restricted_volumes_1_0(pod: PodView) -> Forbidden | None:
    """Refuses other kinds, and kinds that the server's own Structs do not know."""
    kinds = [(at, volume, volume.source) for at, volume in enumerate(pod.spec.volumes)]
    bad = [each for each in kinds if each[2] not in ALLOWED]
    if not bad:
        return None
    names = [volume.name for _, volume, _ in bad]
    types = sorted({source or "unknown" for *_, source in bad})
    return Forbidden(
        REASON,
        f"{wording.listed('volume', names)} {wording.use(names)} "
        f"{wording.listed('restricted volume type', types)}",
        tuple(_field(*each) for each in bad),
    )


def _field(at: int, volume: Volume, source: str) -> Field:
    """Of the sources only a hostPath's is read; the others are there, and that is all."""
    path = f"volumes[{at}].{source}" if source else f"volumes[{at}]"
    value = {"path": volume.host_path.path} if volume.host_path else {}
    return Field("", path, value, " or ".join(ALLOWED))


CHECK = Check(
    "restrictedVolumes",
    Level.RESTRICTED,
    (Revision(0, restricted_volumes_1_0, overrides=(host_path_volumes.CHECK.id,)),),
)
