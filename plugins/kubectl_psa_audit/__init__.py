"""kubectl psa-audit: what Pod Security refuses, by field, at every level and version, and the fix.

argv becomes a request in `cli`; `gather` reads namespaces, pods, the eight kinds with a template and
failed creations, `gather_manifests` reads files in their stead; `subjects` folds it all into top
owners, one `Subject` for each.

The rules are `levels`, `pod`, `checks` (one upstream check a file) and `evaluate`, with `defaulting`
for what no server has seen yet. Around them: `policy` (what a namespace's labels come to, with the
`admission_config`), `rules` (the terms of a run), `judging` (a subject's verdict, and with `replicas`
which of its pods are judged otherwise), `rejections`, `matrix`, `raising`, `namespaces`, and `fixing` with
`remedies` (what answers a violation) and `patching` (as a strategic merge patch). `auditing` puts
them together, `known` takes a baseline away, `report` and `sarif` tell.

`lint` goes the same way with one rule a file.
"""
