"""What the fieldkit plugins share: rooms with one job each.

`entry` and `options` run a command as `kubectl NAME`; `kubeconfig` and `cluster` lead to an API
server; `reading` is the seam that an API server and a `snapshot` both fill; `objects` are the
Kubernetes objects as Structs; the rest are pure rules and the one way out, `output`.
"""

__version__ = "0.1.0"
