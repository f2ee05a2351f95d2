"""Edits of a kubeconfig, bytes to bytes: what is not part of the edited entry stays as it is.

Each raises KeyError for an entry that is not there and ValueError for a file that cannot be edited;
the result was read again and says what it should.
"""

from collections.abc import Callable
from typing import Any, Literal

from kubectl_fieldkit.kubeconfig.layout import quick, splices
from kubectl_fieldkit.kubeconfig.layout.node import Node, entry
from kubectl_fieldkit.kubeconfig.layout.writing import scalar

Section = Literal["clusters", "contexts", "users"]
Document = dict[str, Any]


def set_current_context(data: bytes, name: str) -> bytes:
    """The file with this current-context; without the key for an empty name."""

    def splice(text: str, root: Node | None) -> str:
        if root is None:
            lines = f"{splices.HEAD}\ncurrent-context: {scalar(name)}"
            return splices.insert_line(text, len(text), lines) if name else text
        if not name:
            return splices.remove_key(text, root, "current-context")
        return splices.set_key(text, root, "current-context", name)

    def expect(document: Document) -> None:
        document["current-context"] = name

    return _edit(data, (), splice, expect)


def set_namespace(data: bytes, context: str, namespace: str) -> bytes:
    """The file with this namespace in the context; without the key for an empty one."""

    def splice(text: str, root: Node | None) -> str:
        section, at = entry(root, "contexts", context)
        body = section.items[at].get("context")
        if body is None or body.kind != "mapping":
            if not namespace:
                return text
            if body is None:
                raise ValueError(f'context "{context}" says nothing')
            return _with_body(text, section.items[at], namespace)
        if not namespace and body.get("<<") is None:  # a merge key may bring one: then "" hides it
            return splices.remove_key(text, body, "namespace")
        return splices.set_key(text, body, "namespace", namespace)

    def expect(document: Document) -> None:
        (_named(document, "contexts", context).setdefault("context", {}))["namespace"] = namespace

    return _edit(data, ("contexts",), splice, expect)


def rename_context(data: bytes, old: str, new: str) -> bytes:
    """The file with the context's entry under another name."""

    def splice(text: str, root: Node | None) -> str:
        section, at = entry(root, "contexts", old)
        name = section.items[at].get("name")
        assert name
        return splices.replace(text, name, new)

    def expect(document: Document) -> None:
        _named(document, "contexts", old)["name"] = new

    return _edit(data, ("contexts",), splice, expect)


def delete_entry(data: bytes, section: Section, name: str) -> bytes:
    """The file without this context, cluster or user."""

    def splice(text: str, root: Node | None) -> str:
        _, at = entry(root, section, name)
        assert root
        return splices.remove_item(text, root, section, at)

    def expect(document: Document) -> None:
        document[section].remove(_named(document, section, name))

    return _edit(data, (section,), splice, expect)


def add_context(data: bytes, name: str, cluster: str, user: str, namespace: str) -> bytes:
    """The file with a context more, behind all others; ValueError where it has one of that name."""
    fields = {"cluster": cluster, "namespace": namespace, "user": user}
    said = {key: value for key, value in fields.items() if value}
    inside = [f"    {key}: {scalar(value)}" for key, value in said.items()]
    lines = ["- context:" + ("" if said else " {}"), *inside, f"  name: {scalar(name)}"]
    pairs = ", ".join(f'"{key}": {scalar(value, chr(34))}' for key, value in said.items())
    flow = f'{{"name": {scalar(name, chr(34))}, "context": {{{pairs}}}}}'

    def splice(text: str, root: Node | None) -> str:
        return splices.append_item(text, root, "contexts", lines, flow)

    def expect(document: Document) -> None:
        if document.get("contexts") is None:
            document["contexts"] = []
        document["contexts"].append({"name": name, "context": said})

    return _edit(data, ("contexts",), splice, expect)


def _edit(
    data: bytes,
    sections: tuple[str, ...],
    splice: Callable[[str, Node | None], str],
    expect: Callable[[Document], None],
) -> bytes:
    """The spliced text, where reading these sections gives what is expected, and all else is as before."""
    try:
        text = data.decode()
    except UnicodeDecodeError as err:
        raise ValueError("the file is not UTF-8") from err
    root = quick.read_nodes(text, sections)
    if root is not None:
        after = splice(text, root)
        if _agrees(root, quick.read_nodes(after, sections), expect):
            return after.encode()
    return _edit_by_parser(text, splice, expect).encode()


def _edit_by_parser(
    text: str,
    splice: Callable[[str, Node | None], str],
    expect: Callable[[Document], None],
) -> str:
    from kubectl_fieldkit.kubeconfig.layout.events import read_nodes
    from kubectl_fieldkit.kubeconfig.layout.sharing import unshared

    wanted = _document(text)
    expect(wanted)
    alone = unshared(text)
    for attempt in dict.fromkeys((text, alone)):
        try:
            after = splice(attempt, read_nodes(attempt))
        except KeyError:
            if attempt == alone:
                raise
        else:
            if _says(after, wanted):
                return after
    raise ValueError("its YAML is too unusual to be edited safely: change it with an editor")


def _agrees(before: Node, after: Node | None, expect: Callable[[Document], None]) -> bool:
    """Whether the lines read again say what is expected."""
    if after is None:
        return False
    wanted, there = _plain(before), _plain(after)
    expect(wanted)
    return bool(_tidy(wanted) == _tidy(there))


def _plain(root: Node) -> Document:
    """The nodes as plain data; what the quick reader does not read further stays text."""
    document: Document = {}
    for key, value in root.pairs:
        document[key.text] = _value(value)
    return document


def _value(node: Node) -> Any:
    if node.kind == "mapping":
        said = {key.text: _value(value) for key, value in node.pairs}
        return said | {"": node.text} if node.text else said
    if node.kind == "sequence":
        return [_value(item) for item in node.items]
    return node.text


def _document(text: str) -> Document:
    from kubectl_fieldkit.kubeconfig.decoding import parse

    document = parse(text.encode()) or {}
    if not isinstance(document, dict):
        raise ValueError("it holds no kubeconfig")
    return {"apiVersion": "v1", "kind": "Config"} | {k: _alone(v) for k, v in document.items()}


def _alone(value: Any) -> Any:
    """A value of its own where several aliases stand for one."""
    if isinstance(value, dict):
        return {key: _alone(inner) for key, inner in value.items()}
    return [_alone(inner) for inner in value] if isinstance(value, list) else value


def _says(text: str, wanted: Document) -> bool:
    try:
        return bool(_tidy(_document(text)) == _tidy(wanted))
    except ValueError:
        return False


def _tidy(value: Any) -> Any:
    """Without what says nothing: an absent key, an empty text and an empty list are the same here."""
    if isinstance(value, dict):
        tidied = {key: _tidy(inner) for key, inner in value.items()}
        return {key: inner for key, inner in tidied.items() if inner not in (None, "", [], {})}
    return [_tidy(inner) for inner in value] if isinstance(value, list) else value


def _named(document: Document, section: str, name: str) -> Document:
    for item in document.get(section) or []:
        if item.get("name") == name:
            found: Document = item
            return found
    raise KeyError(name)


def _with_body(text: str, item: Node, namespace: str) -> str:
    """A context that says nothing, or says it elsewhere, with a mapping of its own."""
    pair = item.pair("context")
    assert pair
    key, body = pair
    if body.kind == "alias":
        raise KeyError(body.text)  # to be written out first
    colon = text.index(":", key.end) + 1
    said = f" {{namespace: {scalar(namespace, chr(34))}}}"
    return text[:colon] + said + text[max(body.end, colon) :]
