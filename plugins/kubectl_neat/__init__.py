"""kubectl neat: what did I really write, without what the cluster added?

argv becomes a request in `cli`; `documents` reads manifests from stdin and files, `gather` objects from the cluster.
`neating` takes each object through the steps of its STEPS, in order: `authored` finds out what was written (by
last-applied-configuration and managedFields), `added` has one rule for each thing that admission, storage and
controllers add, `defaults` is the API's defaulting backwards: a table generated from upstream's own, and one rule for each
default that depends on something. Every step only takes away, through `editing`, which refuses what was written,
and every `removal` knows its reason. `report` tells them, `cutting` takes them out of a text that has comments,
`verifying` asks the server whether anything was lost or left, `export` writes a namespace as files.
"""
