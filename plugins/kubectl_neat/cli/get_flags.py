"""The flags of `kubectl get`, so that `kubectl neat get` knows which of its words are kubectl's."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.options import CONNECTION

OUTPUT = Flag("-o --output", "One of yaml, json.", "FORMAT", choices=("yaml", "json"))

# Everywhere in neat a switch: what follows it is no value, and may be a verb.
VERBOSE = Flag("-v --verbose", "Show each request of neat's own on stderr, without secrets.")

# kubectl reads these itself, a duration too.
CONNECTING = tuple(replace(flag, convert=str) for flag in CONNECTION)

ASKING = (
    Flag("-A --all-namespaces", "The objects of all namespaces."),
    Flag("--chunk-size", "Lists in chunks of so many; 0 for none.", "N"),
    Flag("--field-selector", "Only objects with these fields.", "SELECTOR"),
    Flag("-f --filename", "The live objects of these manifests.", "FILE|DIR|URL", many=True),
    Flag("--ignore-not-found", "No error for an object that is not there."),
    Flag("-k --kustomize", "The live objects of this kustomization.", "DIR"),
    Flag("-R --recursive", "With -f, the folders below as well."),
    Flag("-l --selector", "Only objects with these labels.", "SELECTOR"),
    Flag("--sort-by", "Sort by this field.", "FIELD"),
    Flag("--subresource", "This subresource of the object.", "NAME"),
)

# What neat needs of the output is set by neat itself; how a table looks does not matter.
LOOKING = (
    Flag("--allow-missing-template-keys", "Of no effect here."),
    Flag("-L --label-columns", "Of no effect here.", "LABELS", many=True),
    Flag("--no-headers", "Of no effect here."),
    Flag("--server-print", "Of no effect here."),
    Flag("--show-kind", "Of no effect here."),
    Flag("--show-labels", "Of no effect here."),
    Flag("--show-managed-fields", "Always so: they tell what was written by hand."),
)

# These print no objects, or never end; the help is the reason.
NO_END, NO_OBJECTS = "Refused: a watch has no end.", "Refused: it prints no objects."
REFUSED = (
    Flag("--output-watch-events", NO_END),
    Flag("--raw", NO_OBJECTS, "URI"),
    Flag("--template", NO_OBJECTS, "TEMPLATE"),
    Flag("--version", NO_OBJECTS),
    Flag("-w --watch", NO_END),
    Flag("--watch-only", NO_END),
)

GLOBAL = (
    Flag("--cache-dir", "kubectl's cache.", "DIR"),
    Flag("--disable-compression", "Responses as they are."),
    Flag("--kuberc", "kubectl's preferences.", "FILE"),
    Flag("--log-flush-frequency", "Of kubectl's log.", "DURATION"),
    Flag("--match-server-version", "kubectl and server must be of one version."),
    Flag("--password", "For basic authentication.", "PASSWORD"),
    Flag("--profile", "A profile of kubectl.", "NAME"),
    Flag("--profile-output", "The profile's file.", "FILE"),
    Flag("--proxy-url", "The proxy to the server.", "URL"),
    Flag("--username", "For basic authentication.", "USER"),
    Flag("-v --v", "How much kubectl logs, such as 6.", "LEVEL"),
    Flag("--vmodule", "How much it logs of what.", "PATTERNS"),
    Flag("--warnings-as-errors", "Warnings of the server are errors."),
)

KUBECTL = (*CONNECTING, OUTPUT, *ASKING, *LOOKING, *REFUSED, *GLOBAL)
PASSED_ON = (*CONNECTING, *ASKING, *GLOBAL)


def with_kubectls(own: Sequence[Flag]) -> tuple[Flag, ...]:
    """neat's own flags and kubectl's; where both have a letter (`-v`), neat's is meant."""
    neats = (*own, VERBOSE)
    taken = {spelling for flag in neats for spelling in flag.spellings}
    return (*neats, *(_without(flag, taken) for flag in KUBECTL))


def spelled(flags: Sequence[Flag], values: Mapping[str, Any]) -> Iterator[str]:
    """The flags that are set, each as one word, such as `--selector=app=web`."""
    for flag in flags:
        value: Any = values.get(flag.key)
        name = flag.spellings[-1]
        if not flag.takes:
            if value:
                yield name
            continue
        for text in value if flag.many else [value]:
            if text is not None:
                yield f"{name}={text}"


def _without(flag: Flag, taken: set[str]) -> Flag:
    """The flag without the letter that is taken."""
    free = [spelling for spelling in flag.spellings if spelling not in taken]
    return replace(flag, spelling=" ".join(free), name=flag.key)
