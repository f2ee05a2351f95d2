"""`kubectl neat export`: a namespace, or all that users made in a cluster, as files in apply order.

Data flow: discovery → which resources are read (`resources`) → each object is left out by a rule
(`left_out/`) or neated and given its file (`places`, by `order`) → `folder` writes whole files →
`report`. Folders and files are named so that their lexical order, which is kubectl's, is the order
to apply them in.
"""
