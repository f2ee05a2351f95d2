"""How workloads are judged: what the command line, the server and its configuration file say."""

from collections.abc import Mapping

from msgspec import Struct

from kubectl_psa_audit.admission_config import PodSecurityConfiguration
from kubectl_psa_audit.judging import Terms
from kubectl_psa_audit.labels import MODES, Mode
from kubectl_psa_audit.levels import Level, LevelVersion, Version
from kubectl_psa_audit.policy import EXEMPT, Policy, effective_policy, levels

Labels = Mapping[str, str]
UNKNOWN = LevelVersion(Level.RESTRICTED)  # what is judged at where nobody knows the level


class Rules(Struct, frozen=True):
    """The rules of a run; `level` overrides all labels, `raise_to` is what enforce is to become."""

    server: Version
    config: PodSecurityConfiguration | None = None
    level: LevelVersion | None = None
    raise_to: LevelVersion | None = None
    raises_version: bool = False

    def policy(self, name: str, labels: Labels) -> Policy:
        """What is in force in a namespace with these labels."""
        return effective_policy(name, labels, self.config, self.server)

    def enforced(self, labels: Labels) -> LevelVersion:
        """What enforce is now."""
        return levels(labels, self.config)["enforce"]

    def raised(self, labels: Labels) -> LevelVersion | None:
        """What enforce would be; without a version the namespace's own stays."""
        if self.raise_to is None or self.raises_version:
            return self.raise_to
        return LevelVersion(self.raise_to.level, self.enforced(labels).version)

    def terms(self, name: str, labels: Labels | None) -> Terms:
        """How the namespace's workloads are judged; `labels` is None where they are unknown."""
        if self.level:
            return Terms(_everywhere(self.level), self.server)
        exemptions = (self.config or PodSecurityConfiguration()).exemptions
        classes = frozenset(exemptions.runtime_classes)
        if name in exemptions.namespaces:
            nothing = LevelVersion(Level.PRIVILEGED)
            return Terms(_everywhere(nothing), self.server, classes, EXEMPT)
        if labels is None:
            return Terms(_everywhere(self.raise_to or UNKNOWN), self.server, classes)
        to = self.raised(labels)
        modes = _everywhere(to) if to else levels(labels, self.config)
        return Terms(modes, self.server, classes)


def _everywhere(at: LevelVersion) -> dict[Mode, LevelVersion]:
    return dict.fromkeys(MODES, at)
