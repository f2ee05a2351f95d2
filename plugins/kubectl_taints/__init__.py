"""kubectl taints: what keeps pods off a node, who set it, who may stay, who goes and when?

argv becomes a request in `cli`; `gather` reads nodes and, where the question needs them, pods;
`node_taints` decides for each node with one rule a file: `setters` (who sets a taint), `eviction`
(when the taint-eviction-controller deletes a pod), `standing` (what becomes of each pod), `cordon`
(spec.unschedulable beside its taint), `sentences` (a taint in words); `report` turns the decisions
into tables and a document, and `output` writes them.
"""
