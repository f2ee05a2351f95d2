"""The lab's store, through the JSON gateway of its own API."""

import json
from base64 import b64encode
from urllib.request import Request, urlopen

from tests.lab.lab import Lab


def compact(lab: Lab) -> None:
    """Makes the store forget every moment but the present one, which becomes a new one."""
    key = b64encode(b"/fieldkit-test").decode()
    revision = _ask(lab, "/v3/kv/put", {"key": key, "value": key})["header"]["revision"]
    _ask(lab, "/v3/kv/compaction", {"revision": revision})


def _ask(lab: Lab, path: str, body: dict[str, str]) -> dict[str, dict[str, str]]:
    request = Request(lab.etcd + path, json.dumps(body).encode(), method="POST")
    with urlopen(request) as response:
        answer: dict[str, dict[str, str]] = json.load(response)
    return answer
