"""Where an object's file is: folders and numbers whose lexical order is the order to apply them in.

crds/            what custom objects need
global/          what namespaces need
namespaces/NS/   each namespace with all that is in it, itself first
registrations/   webhooks, admission policies, API services: they act on whatever is made after them
"""

from kubectl_fieldkit.cluster.discovery import ApiResource
from kubectl_neat.export.file_names import file_name, folder_name
from kubectl_neat.export.order import ADMISSION, AGGREGATION, NUMBERS, is_ordered, number

CRDS, GLOBAL, NAMESPACES, REGISTRATIONS = "crds", "global", "namespaces", "registrations"
SUFFIX = ".yaml"
LONGEST_KIND = 90


def place_of(resource: ApiResource, namespace: str, name: str) -> str:
    """The object's file below the export's folder, with slashes."""
    return f"{folder_of(resource, namespace, name)}/{prefix_of(resource)}{file_name(name)}{SUFFIX}"


def folder_of(resource: ApiResource, namespace: str, name: str) -> str:
    """The folder of an object; a Namespace lies with what is in it."""
    if (resource.group, resource.kind) == ("", "Namespace"):
        namespace = name
    if namespace:
        return namespace_folder(namespace)
    if (resource.group, resource.kind) == ("apiextensions.k8s.io", "CustomResourceDefinition"):
        return CRDS
    return REGISTRATIONS if resource.group in (ADMISSION, AGGREGATION) else GLOBAL


def namespace_folder(namespace: str) -> str:
    """The folder of all that is in a namespace."""
    return f"{NAMESPACES}/{folder_name(namespace)}"


def folders(namespace: str) -> tuple[str, ...]:
    """All that an export of a namespace, or with the empty one of everything, writes to."""
    everything = (CRDS, GLOBAL, NAMESPACES, REGISTRATIONS)
    return (namespace_folder(namespace),) if namespace else everything


def prefix_of(resource: ApiResource) -> str:
    """What the files of a kind begin with: `64-deployment_`, `80-certificates.cert-manager.io_`.

    The first underscore ends it: no kind and no group has one.
    """
    known = is_ordered(resource.group, resource.kind)
    kind = resource.kind.lower() if known else file_name(resource.full_name, LONGEST_KIND)
    return f"{number(resource.group, resource.kind):02}-{kind}_"


def may_be_of_group(place: str, group: str) -> bool:
    """Whether the file may be of some kind of this API group."""
    kind = place.rpartition("/")[2].partition("_")[0].partition("-")[2]
    own = {known.lower() for of, known in NUMBERS if of == group}
    return kind in own or kind.endswith(f".{file_name(group)}") or "~" in kind
