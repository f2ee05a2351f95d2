"""kubectl taints: what keeps pods off a node, who set it, who may stay, who goes and when?

argv becomes a request in `cli`; `gather` reads nodes and, where the question needs them, pods;
`node_taints` decides for each node with one rule a file: `setters` (who sets a taint), `eviction`
(when the taint-eviction-controller deletes a pod), `standing` (what becomes of each pod), `cordon`
(spec.unschedulable beside its taint), `sentences` (a taint in words). `placement` decides for a
workload, `tolerators` for a taint, `lint` for all of them. `report` and its siblings turn the decisions
into tables and a document, and `output` writes them.

`add` and `remove` go the same way: `specs` (kubectl's grammar) and `cli` make the request, `plan`
reads what it needs, `changes` (a node's taints before and after) and `forecast` (which pods that
moves, with `owners`: how they come back) decide, `writing` carries it out, `change_report` tells.
"""
