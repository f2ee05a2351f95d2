"""What becomes of each object; they are also what JSON says of it."""

from typing import Literal

from kubectl_fieldkit.envelope import Document

State = Literal["written", "unchanged"]


class ExportedFile(Document, frozen=True):
    """An object and its file; the path is relative to the folder of the export."""

    path: str
    api_version: str
    kind: str
    namespace: str
    name: str
    state: State


class LeftOut(Document, frozen=True):
    """An object that is not exported; a kind that is not read at all has no name."""

    api_version: str
    kind: str
    namespace: str
    name: str
    rule: str
    reason: str
    owner: str


class NotWritten(Document, frozen=True):
    """An object that should have a file, and has none."""

    path: str
    kind: str
    namespace: str
    name: str
    reason: str
