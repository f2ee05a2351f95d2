"""Reads one object, or a list in pages, which is begun anew where its pages expire."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from kubectl_fieldkit.cluster.answers import next_page, object_of, page_of, refusal, table_of
from kubectl_fieldkit.cluster.client import Client
from kubectl_fieldkit.cluster.http1 import Response
from kubectl_fieldkit.cluster.progress import Progress
from kubectl_fieldkit.cluster.questions import AsTable, Question, page_path, path_of
from kubectl_fieldkit.errors import ServerError

T = TypeVar("T")
Rows = Callable[[Mapping[str, Any], T], T] | None

LISTS = 3  # how often a list is begun anew when its continue token has expired


class Lists:
    """Reads over one connection, in pages of one size, decoded into the form that is asked for."""

    def __init__(self, client: Client, progress: Progress, page: int) -> None:
        self._client = client
        self._progress = progress
        self._page = page

    def read(self, question: Question, form: type[T], row: Rows[T] = None) -> list[T]:
        """The objects (one, for a name); ServerError for every no.

        With `row` a list comes as a table, if that says all that is needed.
        """
        return [self._one(question, form)] if question.name else self._list(question, form, row)

    def _one(self, question: Question, form: type[T]) -> T:
        path = path_of(question.resource, question.namespace, question.name)
        return object_of(form, _granted(self._client.get(path), question))

    def _list(self, question: Question, form: type[T], row: Rows[T]) -> list[T]:
        """The whole list, begun anew where it changed too fast to be read to its end (410).

        A table is asked for once; what it does not say is read from the plain list.
        """
        self._progress.start()
        try:
            if row:
                with suppress(_Expired, LookupError):
                    return self._pages(question, form, row)
            for _ in range(LISTS - 1):
                with suppress(_Expired):
                    return self._pages(question, form, None)
            return self._pages(question, form, None)
        finally:
            self._progress.clear()

    def _pages(self, question: Question, form: type[T], row: Rows[T]) -> list[T]:
        """All pages; of a plain list the server makes the next one while the last is decoded."""
        items: list[T] = []
        wait: Callable[[], Response] = partial(self._page_after, "", question, bool(row))
        while True:
            response = wait()
            ahead = None if row else self._ask_ahead(next_page(response), question)
            try:
                page = table_of(form, row, response) if row else page_of(form, response)
            except Exception:
                if ahead:  # until it is there the connection is not free for another question
                    with suppress(Exception):
                        ahead()
                raise
            items += page.items or ()
            after = page.metadata.next
            if not after:
                return items
            remaining = page.metadata.remaining_item_count
            self._progress.show(question.resource.plural, len(items), remaining)
            wait = ahead or partial(self._page_after, after, question, bool(row))

    def _ask_ahead(self, after: str, question: Question) -> Callable[[], Response] | None:
        if not after:
            return None
        from kubectl_fieldkit.side_by_side import begin

        return begin(partial(self._page_after, after, question, as_table=False))

    def _page_after(self, after: str, question: Question, as_table: bool) -> Response:
        path = page_path(question, self._page, after)
        return _granted(self._client.get(AsTable(path) if as_table else path), question)


class _Expired(ServerError):
    """A 410: the server no longer knows the moment that the pages are of."""


def _granted(response: Response, question: Question) -> Response:
    """The response where it is a yes; a ServerError for every other."""
    if response.status == 200:
        return response
    error = refusal(response, f"get {question.resource.plural} {question.name}".rstrip())
    if error.code == 410:
        raise _Expired(error.code, error.reason, error.message, error.hint)
    raise error
