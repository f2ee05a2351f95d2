"""Disks of former in-tree plugins have the names that k8s.io/csi-translation-lib gives them."""

import msgspec
import pytest

from kubectl_why_pending.objects.storage import Volume
from kubectl_why_pending.scheduler.volumes.in_tree import (
    BETA_ZONE,
    ZONE,
    Untranslatable,
    plugin_of,
    volume_handle,
)
from tests.kubectl_why_pending.clusters.scene import Thing

GCE: Thing = {"gcePersistentDisk": {"pdName": "d"}}


def _handle(source: Thing, labels: dict[str, str]) -> str:
    volume = msgspec.convert({"metadata": {"labels": labels}, "spec": source}, Volume)
    plugin = plugin_of(volume.spec)
    assert plugin is not None
    return volume_handle(plugin, volume)


@pytest.mark.parametrize(
    ("source", "labels", "handle"),
    [
        (GCE, {}, "projects/UNSPECIFIED/zones/UNSPECIFIED/disks/d"),
        (GCE, {ZONE: "z-1-a"}, "projects/UNSPECIFIED/zones/z-1-a/disks/d"),
        (GCE, {BETA_ZONE: "z-1-b", ZONE: "z-1-a"}, "projects/UNSPECIFIED/zones/z-1-b/disks/d"),
        (GCE, {ZONE: "z-1-a__z-1-b"}, "projects/UNSPECIFIED/regions/z-1/disks/d"),
        ({"awsElasticBlockStore": {"volumeID": "vol-1"}}, {}, "vol-1"),
        ({"awsElasticBlockStore": {"volumeID": "aws://us-1a/vol-1"}}, {}, "vol-1"),
        ({"awsElasticBlockStore": {"volumeID": "aws:///vol-1"}}, {}, "vol-1"),
        ({"azureDisk": {"diskURI": "/d", "kind": "Managed"}}, {}, "/d"),
        ({"azureDisk": {"diskURI": "/d"}}, {}, "/d"),
        ({"cinder": {"volumeID": "v"}}, {ZONE: "a"}, "v"),
        ({"portworxVolume": {"volumeID": "v"}}, {}, "v"),
    ],
)
def test_a_disk_has_its_drivers_name(source: Thing, labels: dict[str, str], handle: str) -> None:
    """By which two uses of one disk count once; a beta label comes before today's."""
    assert _handle(source, labels) == handle


@pytest.mark.parametrize(
    ("source", "labels", "text"),
    [
        (GCE, {ZONE: "a__b"}, "{locale}-{region}-{zone}, got: a"),
        (GCE, {ZONE: "z-1-a__y-1-a"}, "got: map[y-1:{} z-1:{}]"),
        ({"awsElasticBlockStore": {"volumeID": "aws://vol-1"}}, {}, "(aws://vol-1)"),
        ({"azureDisk": {"diskURI": "/d", "kind": "Shared"}}, {}, "kind(Shared) is not supported"),
    ],
)
def test_a_disk_without_a_drivers_name_is_told(
    source: Thing, labels: dict[str, str], text: str
) -> None:
    """In upstream's words, for they end the scheduling cycle."""
    with pytest.raises(Untranslatable) as told:
        _handle(source, labels)
    assert text in str(told.value)
