"""Which files make up the kubeconfig: client-go's tools/clientcmd/loader.go."""

import os
from collections.abc import Mapping


def kubeconfig_files(explicit: str, environ: Mapping[str, str]) -> list[str]:
    """The files in order of precedence: `--kubeconfig`, else $KUBECONFIG, else ~/.kube/config.

    They may be missing; `~` in $KUBECONFIG is a folder's name, as it is to kubectl.
    """
    if explicit:
        return [explicit]
    if listed := environ.get("KUBECONFIG"):
        return [file for file in dict.fromkeys(listed.split(os.pathsep)) if file]
    home = environ.get("HOME") or environ.get("USERPROFILE")
    return [os.path.join(home, ".kube", "config")] if home else []  # noqa: PTH118
