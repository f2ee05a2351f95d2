"""kubectl proxy-mode: how does service traffic really flow on each node, and what must change before which release?

argv becomes a request in `cli`; `gather` reads nodes, kube-proxy's pods and the few named objects in
which an intention is written; `probing` asks the running proxies, where there is a live cluster.
`implementations` says who carries service traffic and what is configured, one system a file;
`deciding` weighs both for each node. `lint` looks at the whole. `report` turns the decisions into a
table and a document, and `output` writes them.
"""
