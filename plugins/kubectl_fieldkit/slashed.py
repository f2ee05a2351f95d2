"""`deploy/web`: a kind and a name in one word, as kubectl takes them."""

from collections.abc import Iterator, Sequence

from kubectl_fieldkit.errors import UsageError

# kubectl's own words, down to the bracket that it leaves open.
NO_SLASH = "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'"


def slashed(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The kind and name of each `deploy/web`; UsageError in kubectl's words where one is not so."""
    if not all("/" in word for word in words):
        raise UsageError(NO_SLASH)
    for word in words:
        kind, _, name = word.partition("/")
        if "/" in name:
            raise UsageError("arguments in resource/name form may not have more than one slash")
        if not kind or not name or "," in kind:
            raise UsageError("arguments in resource/name form must have a single resource and name")
        yield kind, name
