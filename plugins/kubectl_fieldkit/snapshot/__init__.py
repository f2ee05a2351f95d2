"""A recorded cluster: the other real source beside the API server.

`recording` keeps what a run read, refusals and the server's version included; `format` is the file
(gzipped JSON lines); `foreign` reads kubectl's own YAML and JSON; `recorded` answers requests.
"""
