"""Which context a word means."""

from collections.abc import Iterable

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A hint at the names that are close; empty where there is none."""
    from difflib import get_close_matches

    known = list(names)
    partial = [each for each in known if name.casefold() in each.casefold()] if name else []
    near = list(dict.fromkeys([*get_close_matches(name, known), *partial]))[:3]
    said = " or ".join(f'"{each}"' for each in near)
    return f"did you mean {said}?" if near else ""


def with_current(kubeconfigs: Kubeconfigs, word: str) -> str:
    """`.` is the current context's name, unless a context is really called so."""
    if word != "." or "." in kubeconfigs.contexts:
        return word
    if not kubeconfigs.current_context:
        raise KubeconfigError("can't use '.' as no active context is set")
    return kubeconfigs.current_context
