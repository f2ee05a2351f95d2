"""The flags that the verbs share."""

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag

FILES = (Flag("--kubeconfig", "The kubeconfig file to use, alone.", "FILE", default=""),)
DRY_RUN = Flag("--dry-run", "Show the change as a diff, and make none.")
NAMESPACE = Flag(
    "-n --namespace", "The namespace of the context as well.", "NS", completes="namespaces"
)
CASCADE = Flag("--cascade", "With a deletion: also the cluster and user nothing else refers to.")


def check_namespace(name: str) -> None:
    """UsageError for what can be no namespace's name: it never gets into a file."""
    from kubectl_fieldkit.namespace_names import is_name

    if not is_name(name):
        raise UsageError(
            f'"{name}" is no name of a namespace',
            'lower-case letters, digits and "-", at most 63; "kubectl ns -u" removes one',
        )
