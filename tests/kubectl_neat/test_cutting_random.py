"""Random documents in random styles, with comments that know what they belong to."""

import copy
import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from kubectl_fieldkit.yaml_document import parse_documents
from kubectl_neat.cutting import cut, has_comments
from kubectl_neat.removal import Path
from tests.seeds import cases, rng

SCALARS = (
    *("plain", "5", "true", "~", "0x1f", "a#b", "'# no comment'", '"x # y"', '""', "'it''s'"),
    *("!!str 7", "&here word", "http://x/#y", ""),
)
KEYS = ("name", "a b", '"quoted"', "'single # key'", "7", "true", "x/y.z", "!!str k", "&k anchored")
FLOW: tuple[tuple[str, list[Path]], ...] = (
    ("{k: 1, b: [x, 2], c: {}}", [("k",), ("b", 0), ("b", 1), ("c",)]),
    ("[k, {a: 1}, b: 2 ]", [(0,), (1, "a"), (2, "b")]),
    ("{ k: {d: 1} }", [("k", "d")]),
)


class Writer:
    """Writes one document; `owners` says for each comment which value it belongs to, `paths` what there is."""

    def __init__(self, random: Random, first_comment: int) -> None:
        self.random = random
        self.lines: list[str] = []
        self.owners: dict[str, Path] = {}
        self.paths: list[Path] = []
        self._first = first_comment

    def document(self) -> None:
        """A mapping or a list, with a head comment now and then."""
        if self._maybe(0.4):
            self.lines.append(self.comment(()))
        write = self.mapping if self._maybe(0.8) else self.sequence
        write((), 0, "")

    def comment(self, owner: Path) -> str:
        """A comment that nothing else is like."""
        name = f"# c{self._first + len(self.owners)};"
        self.owners[name] = owner
        return name + self.random.choice(("", " text", "\ttab: x", " - a: 'b", " # more", "}]"))

    def mapping(self, path: Path, column: int, lead: str) -> None:
        """Entries at this column; `lead` stands before the first one on its line."""
        pad = " " * column
        for at, key in enumerate(self._some_keys()):
            entry = (*path, self._spelled(key))
            self.paths.append(entry)
            if not (at == 0 and lead):
                self._above(path, entry, pad, is_first=at == 0)
            start = lead if at == 0 and lead else pad
            if self._maybe(0.05) and not (at == 0 and lead) and "\n" not in key:
                self.value(entry, column, f"{pad}? {key}\n{pad}:")
            else:
                self.value(entry, column, f"{start}{key}:")

    def sequence(self, path: Path, column: int, lead: str) -> None:
        """Items at this column."""
        pad = " " * column
        for at in range(self.random.randint(1, 4)):
            item = (*path, at)
            self.paths.append(item)
            if not (at == 0 and lead):
                self._above(path, item, pad, is_first=at == 0)
            start = lead if at == 0 and lead else pad
            if self._maybe(0.4) and column < 12:
                write = self.mapping if self._maybe(0.7) else self.sequence
                gap = self.random.choice(("- ", "- ", "-   "))
                write(item, column + len(gap), start + gap)
            else:
                self.value(item, column, start + "-")

    def value(self, path: Path, column: int, head: str) -> None:
        """What stands behind `key:` or a dash, in some style."""
        styles: list[Callable[[Path, int, str], None]] = [self._block_scalar, *[self._scalar] * 4]
        styles += [self._flow_line, self._flow_lines, self._folded]
        if column < 12:
            styles += [self._nested] * 4
        self.random.choice(styles)(path, column, head)

    def _scalar(self, path: Path, column: int, head: str) -> None:
        text = self.random.choice(SCALARS)
        gap = "\t" if text and self._maybe(0.1) else ""
        self.lines.append(f"{head} {text}{gap}{self._trailing(path)}")

    def _block_scalar(self, path: Path, column: int, head: str) -> None:
        style = self.random.choice(("|", ">", "|-", ">-", "|2"))
        self.lines.append(f"{head} {style}{self._trailing(path)}")
        pad = " " * (column + 2)
        self.lines += [f"{pad}# text", f"{pad}  more: [", *([""] * self.random.randint(0, 1))]
        self.lines.append(f"{pad}- end")

    def _folded(self, path: Path, column: int, head: str) -> None:
        pad = " " * (column + 3)
        text = self.random.choice((f"one\n{pad}two", f'"# a\n# b\n\n{pad}c"', f"'x\n{pad}# y'"))
        self.lines.append(f"{head} {text}{self._trailing(path)}")

    def _flow_line(self, path: Path, column: int, head: str) -> None:
        text, below = self.random.choice(FLOW)
        self.paths += [path + inner for inner in below]
        self.lines.append(f"{head} {text}{self._trailing(path)}")

    def _flow_lines(self, path: Path, column: int, head: str) -> None:
        """One entry a line, with comments; the last comma may be there or not."""
        pad, is_list = " " * (column + 2), self._maybe(0.5)
        self.lines.append(f"{head} {'[' if is_list else '{'}{self._trailing(path)}")
        number = self.random.randint(1, 4)
        for at in range(number):
            entry: Path = (*path, at if is_list else f"f{at}")
            self.paths.append(entry)
            if self._maybe(0.3):
                self.lines.append(pad + self.comment(entry))
            comma = "," if at + 1 < number or self._maybe(0.3) else ""
            text = self.random.choice(("1", '"a # b"', "{x: 1}", "[ ]"))
            word = text if is_list else f'"f{at}": {text}'
            self.lines.append(f"{pad}{word}{comma}{self._trailing(entry)}")
            if self._maybe(0.2):
                self.lines += ["", pad + self.comment(path), ""]
        self.lines.append(" " * (column + 1) + ("]" if is_list else "}") + self._trailing(path))

    def _nested(self, path: Path, column: int, head: str) -> None:
        self.lines.append(head + self.random.choice(("", "", " &n")) + self._trailing(path))
        is_key = head.rstrip().endswith(":")
        if self._maybe(0.4):
            deeper = 0 if is_key and head.strip() != ":" and self._maybe(0.5) else 2
            self.sequence(path, column + deeper, "")
        else:
            deeper = self.random.choice((1, 2, 4))
            self.mapping(path, column + deeper, "")
        if deeper and self._maybe(0.3):
            foot = " " * (column + deeper) + self.comment(path)
            self.lines += [*([""] * self.random.randint(0, 1)), foot]

    def _above(self, path: Path, entry: Path, pad: str, is_first: bool) -> None:
        """Comments of the collection, set off by blank lines, and of the entry itself."""
        if self._maybe(0.15) and not is_first:
            self.lines += ["", pad + self.comment(path), ""]
        elif self._maybe(0.2):
            self.lines.append("")
        if self._maybe(0.25) and not (is_first and not path):
            self.lines += [pad + self.comment(entry) for _ in range(self.random.randint(1, 2))]

    def _trailing(self, path: Path) -> str:
        return self.random.choice((" ", "  ")) + self.comment(path) if self._maybe(0.25) else ""

    def _some_keys(self) -> list[str]:
        return self.random.sample(KEYS, self.random.randint(1, 4))

    @staticmethod
    def _spelled(key: str) -> str:
        return key.removeprefix("!!str ").removeprefix("&k ").strip("'\"")

    def _maybe(self, chance: float) -> bool:
        return self.random.random() < chance


def _removals(random: Random, paths: list[Path]) -> list[Path]:
    """Some of the paths, none below another."""
    chosen: list[Path] = []
    share = random.choice((0.05, 0.2, 0.5))
    for path in sorted(paths, key=len):
        is_free = not any(path[: len(other)] == other for other in chosen)
        if is_free and random.random() < share:
            chosen.append(path)
    return random.sample(chosen, len(chosen))


def _without(tree: Any, paths: list[Path]) -> Any:
    tree = copy.deepcopy(tree)
    for path in sorted(paths, key=repr, reverse=True):
        parent = tree
        for step in path[:-1]:
            parent = parent[step]
        del parent[path[-1]]
    return tree


def _is_within(after: str, before: str) -> bool:
    """Whether the one is the other with characters left out; brackets and spaces may be new."""
    spaces = str.maketrans("", "", "{}[] ")
    rest = iter(before.translate(spaces))
    return all(character in rest for character in after.translate(spaces))


def _random_value(random: Random, depth: int) -> Any:
    kind = random.choice(("text", "text", "list", "mapping")) if depth else "text"
    if kind == "text":
        return random.choice((1, True, None, "a, b", "]", 'q"', "# x", "", {}, []))
    inner = [_random_value(random, depth - 1) for _ in range(random.randint(1, 4))]
    return inner if kind == "list" else {f"k {at}": value for at, value in enumerate(inner)}


def _paths(value: Any, path: Path = ()) -> list[Path]:
    steps: Any = value.items() if isinstance(value, dict) else ()
    steps = enumerate(value) if isinstance(value, list) else steps
    return [
        inner for step, below in steps for inner in [(*path, step), *_paths(below, (*path, step))]
    ]


@pytest.mark.parametrize("number", range(cases(100)))
def test_json_stays_json(number: int) -> None:
    """No comma is left where nothing follows, whatever the layout."""
    random = rng(f"cutting json {number}")
    value = {"a": _random_value(random, 4), "b": [_random_value(random, 3)], "c": 1}
    text = json.dumps(value, indent=random.choice((None, 0, 1, 4)), ensure_ascii=False)
    gone = _removals(random, _paths(value))

    assert json.loads(cut(text, [gone])) == _without(value, gone)


@pytest.mark.parametrize("number", range(cases(300)))
def test_random_paths_of_random_documents_go_and_nothing_else(number: int) -> None:
    """The result says what is left, and every comment is there that belongs to nothing removed."""
    random = rng(f"cutting {number}")
    writers: list[Writer] = []
    for _ in range(random.randint(1, 3)):
        writers.append(Writer(random, 1000 * len(writers)))
        writers[-1].document()
    text = "\n---\n".join("\n".join(writer.lines) for writer in writers)
    text += random.choice(("\n", ""))
    text = random.choice(("", "\ufeff", "---\n", "# c-1;\n---\n")) + text
    if random.random() < 0.3:
        text = text.replace("\n", "\r\n")
    removals = [_removals(random, writer.paths) for writer in writers]

    after = cut(text, removals)

    before = list(parse_documents(text.removeprefix("\ufeff").encode()))
    expected = [_without(tree, gone) for tree, gone in zip(before, removals, strict=True)]
    assert repr(list(parse_documents(after.removeprefix("\ufeff").encode()))) == repr(expected)
    assert re.findall(r"# c-?\d+;", after) == [
        *re.findall(r"# c-1;", text),
        *(
            comment
            for writer, gone in zip(writers, removals, strict=True)
            for comment, owner in writer.owners.items()
            if not any(owner[: len(path)] == path for path in gone)
        ),
    ]
    assert _is_within(after, text)
    assert has_comments(text) == ("# c" in text)
    assert cut(text, [[] for _ in removals]) == text
