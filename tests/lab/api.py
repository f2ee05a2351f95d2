"""The API server as the lab's own set-up talks to it: JSON in, JSON out, one connection kept open."""

import json
import ssl
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.lab.errors import LabError

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
APPLY_PATCH = "application/apply-patch+yaml"


class ApiError(LabError):
    """The server's no, with its HTTP status."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Api:
    """One connection with one token, for one thread."""

    def __init__(self, server: str, certificate_authority: Path, token: str) -> None:
        trust = ssl.create_default_context(cafile=certificate_authority)
        self._connection = HTTPSConnection(urlsplit(server).netloc, context=trust, timeout=10)
        self._token = token

    def send(self, method: str, path: str, body: object = None, kind: str = JSON) -> Any:
        """The server's answer, decoded if it is JSON; `ApiError` if it says no."""
        try:
            return self._exchange(method, path, body, kind)
        except (HTTPException, OSError):
            self.close()  # an idle connection that the server has closed meanwhile
            return self._exchange(method, path, body, kind)

    def close(self) -> None:
        """Hangs up; the next request connects again."""
        self._connection.close()

    def _exchange(self, method: str, path: str, body: object, kind: str) -> Any:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}
        self._connection.request(method, path, json.dumps(body) if body else None, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        if response.status >= 400:
            raise ApiError(response.status, text)
        is_json = response.headers.get_content_type() == JSON
        return json.loads(text) if is_json else text
