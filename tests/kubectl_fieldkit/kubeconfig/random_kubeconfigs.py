"""Random kubeconfigs in every style that people's files have, each with what it says."""

import json
from random import Random
from typing import Any

Document = dict[str, Any]
_SAFE = "abcdefghijklmnopqrstuvwxyz0123456789-/:.=@"

NAMES = [
    *("dev", "prod-1", "a=b", "a/b", "../x", "arn:aws:eks:eu-west-1:1234:cluster/shop"),
    *("yes", "123", "1e3", "0o7", "~", "null", "2026-01-01", "1_000", ".inf", "on", "12:30"),
    *('a b"c', "it's", "a: b", "a #b", " lead", "trail ", "ünïcode", "日本", "-dash", "#x"),
    *("*star", "&amp", "!bang", "%pct", "@at", "`tick", "{x}", "[y]", "a,b", "tab\there", "😀"),
]


def random_kubeconfig(random: Random) -> tuple[bytes, Document]:
    """The bytes of a file and what it says."""
    document = _document(random)
    style = random.choice(("kubectl", "block", "block", "comments", "flow", "json", "anchors"))
    text = {
        "kubectl": _kubectl,
        "block": _block,
        "comments": _comments,
        "flow": _flow,
        "json": _json,
        "anchors": _anchors,
    }[style](random, document)
    if random.random() < 0.2:
        text = text.removesuffix("\n")
    elif style != "json" and random.random() < 0.2:
        text += "# the end\n\n"
    if style != "json" and random.random() < 0.15:
        text += "\n---\nanother: document\n"
    if style != "json" and random.random() < 0.15:
        text = text.replace("\n", "\r\n")
    if random.random() < 0.1:
        text = "\ufeff" + text
    return text.encode(), document


def _json(random: Random, document: Document) -> str:
    return json.dumps(document, indent=random.choice((None, 2)), ensure_ascii=False)


def _document(random: Random) -> Document:
    names = random.sample(NAMES, random.randint(1, 6))
    clusters = [
        {"name": name, "cluster": {"server": f"https://{i}.example:6443"}}
        for i, name in enumerate(random.sample(NAMES, random.randint(1, 3)))
    ]
    users = [
        {"name": name, "user": {"token": f"t{i}"}}
        for i, name in enumerate(random.sample(NAMES, random.randint(1, 3)))
    ]
    contexts = []
    for name in names:
        said = {
            "cluster": random.choice(clusters)["name"],
            "user": random.choice(users)["name"],
        }
        if random.random() < 0.6:
            said["namespace"] = random.choice(("default", "kube-system", "123", "shop"))
        contexts.append({"name": name, "context": said})
    document: Document = {"apiVersion": "v1", "kind": "Config"}
    if random.random() < 0.85:
        document["current-context"] = random.choice(names)
    sections = [("clusters", clusters), ("contexts", contexts), ("users", users)]
    random.shuffle(sections)
    return document | dict(sections)


def _quoted(random: Random, value: str) -> str:
    """The value in a style that says it."""
    plain = value.replace("-", "").replace("/", "").isalnum() and value[:1].isalpha()
    plain = plain and value.isascii() and value not in ("yes", "null", "on")
    styles = [json.dumps(value, ensure_ascii=False)]
    if value.isprintable():
        styles.append("'" + value.replace("'", "''") + "'")
    return random.choice([*styles, value, value]) if plain else random.choice(styles)


def _kubectl(random: Random, document: Document) -> str:
    """As kubectl writes it."""
    lines = []
    for key, value in sorted(document.items()):
        if not isinstance(value, list):
            lines.append(f"{key}: {_kubectls(value)}")
            continue
        lines.append(f"{key}:")
        for item in sorted(value, key=lambda entry: str(entry["name"])):
            inner = next(name for name in item if name != "name")
            said = sorted(item[inner].items())
            lines += [f"- {inner}:", *(f"    {k}: {_kubectls(v)}" for k, v in said)]
            lines.append(f"  name: {_kubectls(item['name'])}")
    return "\n".join(lines) + "\n"


def _kubectls(value: str) -> str:
    """As Go's library quotes it, or more often."""
    safe = value.isascii() and value[:1].isalpha() and not set(value) - set(_SAFE)
    return (
        value
        if safe and value not in ("yes", "null", "on")
        else json.dumps(value, ensure_ascii=False)
    )


def _block(random: Random, document: Document, comment: str = "") -> str:
    indent = " " * random.choice((0, 2, 4))
    deeper = " " * random.choice((2, 4))
    lines = []
    for key, value in document.items():
        if not isinstance(value, list):
            lines.append(f"{key}: {_quoted(random, value)}")
            continue
        lines.append(f"{key}:{comment and '  ' + comment}")
        for item in value:
            inner = next(name for name in item if name != "name")
            body = [f"{indent}  {inner}:"]
            said = list(item[inner].items())
            random.shuffle(said)
            body += [f"{indent}  {deeper}{k}: {_quoted(random, v)}" for k, v in said]
            name = [f"{indent}  name: {_quoted(random, item['name'])}"]
            rows = name + body if random.random() < 0.5 else body + name
            rows[0] = f"{indent}- {rows[0].lstrip()}"
            if comment:
                rows.insert(random.randrange(1, len(rows)), f"{indent}      {comment}")
                rows.insert(0, f"{comment} - above")
            lines += rows
    return "\n".join(lines) + "\n"


def _comments(random: Random, document: Document) -> str:
    return "# mine\n\n" + _block(random, document, "# note: - it's mine")


def _flow(random: Random, document: Document) -> str:
    lines = []
    for key, value in document.items():
        if not isinstance(value, list):
            lines.append(f"{key}: {_quoted(random, value)} # here")
        elif random.random() < 0.5:
            lines.append(f"{key}:")
            lines += [f"- {json.dumps(item, ensure_ascii=False)}" for item in value]
        else:
            lines.append(f"{key}: [{', '.join(json.dumps(i, ensure_ascii=False) for i in value)}]")
    return "\n".join(lines) + "\n"


def _anchors(random: Random, document: Document) -> str:
    """Contexts that share their fields, in whole or by a merge key."""
    contexts = document["contexts"]
    base = contexts[0]["context"]
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in document.items()]
    lines = [line for line in lines if not line.startswith("contexts:")] + ["contexts:"]
    for i, item in enumerate(contexts):
        name = json.dumps(item["name"], ensure_ascii=False)
        if not i:
            lines.append(f"- name: {name}\n  context: &base {json.dumps(base, ensure_ascii=False)}")
        elif random.random() < 0.5:
            item["context"] = dict(base)
            lines.append(f"- name: {name}\n  context: *base")
        else:
            item["context"] = base | {"namespace": "own"}
            lines.append(f"- name: {name}\n  context:\n    <<: *base\n    namespace: own")
    return "\n".join(lines) + "\n"
