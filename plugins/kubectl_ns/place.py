"""Which context the command is about."""

import os

from msgspec import Struct

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs, read_kubeconfigs

DEFAULT = "default"


class Place(Struct, frozen=True):
    """What the flags say of it; `timeout` is in seconds, 0 for none."""

    kubeconfig: str = ""
    context: str = ""
    timeout: float = 5.0

    def find(self) -> "Found":
        """The context that they mean; KubeconfigError where there is none."""
        kubeconfigs = read_kubeconfigs(self.kubeconfig, os.environ)
        name = self.context or kubeconfigs.current_context
        if not name:
            raise KubeconfigError("current-context is not set", "choose one with kubectl ctx NAME")
        if name not in kubeconfigs.contexts:
            hint = "kubectl ctx shows those that there are"
            raise KubeconfigError(f'context "{name}" does not exist', hint)
        return Found(kubeconfigs, name)


class Found(Struct, frozen=True):
    """A context, and the files that it was found in."""

    kubeconfigs: Kubeconfigs
    context: str

    @property
    def namespace(self) -> str:
        """The context's namespace."""
        return self.kubeconfigs.contexts[self.context].namespace or DEFAULT
