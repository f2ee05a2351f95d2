"""What a kubeconfig file says of its contexts, without the secrets: all that a switch needs."""

from collections.abc import Mapping

from msgspec import Struct

from kubectl_fieldkit.kubeconfig.layout.node import Node, names
from kubectl_fieldkit.kubeconfig.model import Context


class Outline(Struct, frozen=True):
    """The contexts, and the names of what they refer to; the contexts' origin is the file's path."""

    current_context: str = ""
    contexts: Mapping[str, Context] = {}
    clusters: tuple[str, ...] = ()
    users: tuple[str, ...] = ()


def outline(data: bytes, path: str) -> Outline:
    """The outline of a file's bytes; ValueError with kubectl's reason where it is no kubeconfig."""
    from kubectl_fieldkit.kubeconfig.layout.quick import read_nodes

    root = read_nodes(data.decode(errors="replace"))
    return _of_nodes(root, path) if root else _parsed(data, path)


def read_outline(path: str) -> Outline:
    """The outline of a file; FileNotFoundError where there is none, KubeconfigError for all else."""
    from kubectl_fieldkit.kubeconfig.load import failure, read_bytes, read_settled

    try:
        return read_settled(lambda: read_bytes(path), lambda data: outline(data, path))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as err:
        raise failure(path, err) from err


def _parsed(data: bytes, path: str) -> Outline:
    from kubectl_fieldkit.kubeconfig.load import parse

    config = parse(data, path)
    clusters, users = tuple(config.clusters), tuple(config.users)
    return Outline(config.current_context, config.contexts, clusters, users)


def _of_nodes(root: Node, path: str) -> Outline:
    for key, kind in (("kind", "Config"), ("apiVersion", "v1")):
        said = root.get(key)
        if said and said.text not in ("", kind):
            raise _wrong_kind(root)
    contexts: dict[str, Context] = {}
    section = root.get("contexts")
    for item in section.items if section else ():
        name, body = item.get("name"), item.get("context")
        assert name
        assert body
        fields = {key.text: value.text for key, value in body.pairs}
        _add(
            contexts,
            name.text,
            "contexts",
            Context(
                fields.get("cluster", ""), fields.get("user", ""), fields.get("namespace", ""), path
            ),
        )
    current = root.get("current-context")
    return Outline(
        current.text if current else "",
        contexts,
        _unique(names(root.get("clusters")), "clusters"),
        _unique(names(root.get("users")), "users"),
    )


def _wrong_kind(root: Node) -> ValueError:
    kind, version = root.get("kind"), root.get("apiVersion")
    said = kind.text if kind else "Config", version.text if version else "v1"
    return ValueError(f'no kind "{said[0]}" is registered for version "{said[1]}"')


def _add(contexts: dict[str, Context], name: str, section: str, context: Context) -> None:
    if name in contexts:
        raise ValueError(f'duplicate name "{name}" in list of {section}')
    contexts[name] = context


def _unique(listed: list[str], section: str) -> tuple[str, ...]:
    seen: set[str] = set()
    for name in listed:
        if name in seen:
            raise ValueError(f'duplicate name "{name}" in list of {section}')
        seen.add(name)
    return tuple(listed)
