"""kubectl why-pending: why has this pod no node (or no containers), and what is the smallest change?

argv becomes a request in `cli`; `gather` reads what the pods in question need and `lists` holds it;
`waiting` tells which waiting it is; `scheduler` runs kube-scheduler's own cycle and writes its
sentence; `fixes` looks for the smallest changes after which the pod would fit, by running the cycle
again with each; `admission` makes of a manifest what the API server would. `report` turns the decisions
into tables and a document.
"""
