"""What can be a namespace's name: IsDNS1123Label of k8s.io/apimachinery/pkg/util/validation."""

_ENDS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_MIDDLE = _ENDS | {"-"}
LONGEST = 63


def is_name(text: str) -> bool:
    """Whether a namespace may be called that."""
    if not 0 < len(text) <= LONGEST or not _MIDDLE.issuperset(text):
        return False
    return text[0] in _ENDS and text[-1] in _ENDS
