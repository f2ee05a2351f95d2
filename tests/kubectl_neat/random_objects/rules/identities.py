"""What validation asks of certificates, events, addresses, definitions and API services."""

import base64

from tests.kubectl_neat.random_objects.maker import Maker, Tree
from tests.kubectl_neat.random_objects.rules.drawing import drop, one_of, some_of

REQUEST = """-----BEGIN CERTIFICATE REQUEST-----
MIHHMG4CAQAwDDEKMAgGA1UEAwwBeDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
BHl3/uR97zOItP/VFIqLexTfjgBL2D42/gMuc73CFoU4tqDEX2W3SHyN5lImc3lg
3hNXtfoiUK54HrkjMfD9sAigADAKBggqhkjOPQQDAgNJADBGAiEAzFmqtvc4xsvL
aAvKmQWBp7Xk2nUGa2kfytTEMcLhVW8CIQCXmUnBUWgwneGCkJ3hIGrRGmmgaImX
gauIMmX2RWiSrg==
-----END CERTIFICATE REQUEST-----
"""
ANCHOR = """-----BEGIN CERTIFICATE-----
MIIBcDCCARegAwIBAgIUPhxBJOQ4B8dKpP/lSWr5o8JsjXowCgYIKoZIzj0EAwIw
DTELMAkGA1UEAwwCY2EwIBcNMjYxMTI1MTQyMTM5WhgPMjEyNjExMDExNDIxMzla
MA0xCzAJBgNVBAMMAmNhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEeXf+5H3v
M4i0/9UUiot7FN+OAEvYPjb+Ay5zvcIWhTi2oMRfZbdIfI3mUiZzeWDeE1e1+iJQ
rngeuSMx8P2wCKNTMFEwHQYDVR0OBBYEFDtaJWQcCPNoBlbc0A55yBkcNhboMB8G
A1UdIwQYMBaAFDtaJWQcCPNoBlbc0A55yBkcNhboMA8GA1UdEwEB/wQFMAMBAf8w
CgYIKoZIzj0EAwIDRwAwRAIgY8kkNeYVk2SW9zESaxNEwG//B1dDLsQe7MNqvAPO
gDYCIGxH4fcpPmpTyTCetdSG656isC9hPZDs3zUwx7Ij4ryJ
-----END CERTIFICATE-----
"""


def signing_request(maker: Maker, tree: Tree) -> None:
    """Who asks is the server's to say."""
    drop(tree, "extra", "groups", "uid", "username")


def bundle(maker: Maker, tree: Tree) -> None:
    """A bundle of no signer has a plain name."""
    drop(tree, "signerName")


def event(maker: Maker, tree: Tree) -> None:
    """An event of the new kind has none of the old fields."""
    for field in ("Count", "FirstTimestamp", "LastTimestamp", "Source"):
        drop(tree, f"deprecated{field}")
    drop(tree, "related")
    if "series" in tree:
        tree["series"]["count"] = 2
    tree["regarding"] = {"kind": "Pod", "name": "a", "namespace": "default"}


def old_event(maker: Maker, tree: Tree) -> None:
    """An event without the new kind's time."""
    drop(tree, "eventTime", "series", "action", "related")
    tree["involvedObject"] = {"kind": "Pod", "name": "a", "namespace": "default"}


def definition(maker: Maker) -> Tree:
    """A kind of its own, with a schema, at one version or two."""
    group = "example.com"
    words = [f"thing{maker.random.randrange(10**6)}s", maker.one(("Thing", "Gadget"))]
    names: Tree = {"plural": words[0], "kind": words[1]}
    names |= maker.one(
        (
            {},
            {"singular": words[1].lower()},
            {"listKind": f"{words[1]}List"},
            {"shortNames": ["th"]},
        )
    )
    versions = [{"name": "v1", "served": True, "storage": True, "schema": _schema(maker)}]
    if maker.hit():
        versions.append(
            {
                "name": "v2",
                "served": maker.one((True, False)),
                "storage": False,
                "schema": _schema(maker),
            }
        )
    for version in versions:
        version |= maker.one(({}, {"subresources": {"status": {}}}, {"deprecated": False}))
    tree: Tree = {
        "group": group,
        "scope": maker.one(("Namespaced", "Cluster")),
        "names": names,
        "versions": versions,
    }
    tree |= maker.one(({}, {"conversion": {"strategy": "None"}}, {"preserveUnknownFields": False}))
    if len(versions) > 1 and maker.hit():
        service: Tree = {"name": "a", "namespace": "b"} | maker.one(
            ({}, {"port": 443}, {"port": 8443})
        )
        hook = {"clientConfig": {"service": service}, "conversionReviewVersions": ["v1"]}
        tree["conversion"] = {"strategy": "Webhook", "webhook": hook}
    return tree


def _schema(maker: Maker) -> Tree:
    words: Tree = {"type": "string", "default": maker.one(("", "a"))}
    rows: Tree = {"type": "array", "items": {"type": "string"}, "default": maker.one(([], ["a"]))}
    inner: Tree = {"type": "object", "properties": {"a": words, "b": {"type": "integer"}}}
    inner |= maker.one(({}, {"default": {}}))
    properties = {
        "words": words,
        "rows": rows,
        "inner": inner,
        "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
    }
    return {
        "openAPIV3Schema": {
            "type": "object",
            "properties": {"spec": {"type": "object", "properties": properties}},
        }
    }


def api_service(maker: Maker, tree: Tree) -> None:
    """A version of a group, served elsewhere."""
    tree |= {
        "group": "things.example.com",
        "version": maker.one(("v1", "v2")),
        "groupPriorityMinimum": 100,
        "versionPriority": 10,
    }
    tree["service"] = {"name": "a", "namespace": "b"} | maker.one(
        ({}, {"port": 443}, {"port": 8443})
    )
    drop(tree, "caBundle", "insecureSkipTLSVerify")
    tree |= maker.one(({}, {"insecureSkipTLSVerify": True}, {"insecureSkipTLSVerify": False}))


def address(maker: Maker, tree: Tree) -> None:
    """The object it is given to."""
    tree["parentRef"] = {"resource": "services", "name": "a"} | maker.one(
        ({}, {"namespace": "b"}, {"namespace": "b", "group": ""})
    )


FIELDS = {
    "apiextensions.v1.CustomResourceDefinition.spec": definition,
    "certificates.v1.CertificateSigningRequestSpec.request": one_of(base64.b64encode(REQUEST.encode()).decode()),
    "certificates.v1.CertificateSigningRequestSpec.signerName": one_of("example.com/s"),
    "certificates.v1.CertificateSigningRequestSpec.usages": some_of("client auth", "digital signature"),
    "certificates.v1.CertificateSigningRequestSpec.expirationSeconds": one_of(600, 3600),
    "certificates.v1.ClusterTrustBundleSpec.trustBundle": one_of(ANCHOR),
    "events.v1.Event.type": one_of("Normal", "Warning"),
    "events.v1.Event.reason": one_of("Started"),
    "events.v1.Event.action": one_of("Start"),
    "events.v1.Event.reportingController": one_of("example.com/c"),
    "events.v1.Event.reportingInstance": one_of("c-1"),
    "reportingComponent": one_of("", "example.com/c"),
}  # fmt: skip
MENDS = {
    "certificates.v1.CertificateSigningRequestSpec": signing_request,
    "certificates.v1.ClusterTrustBundleSpec": bundle,
    "events.v1.Event": event,
    "core.v1.Event": old_event,
    "networking.v1.IPAddressSpec": address,
    "apiregistration.v1.APIServiceSpec": api_service,
}
