"""kubectl ns: in which namespace am I, and take me there without breaking my kubeconfig.

argv becomes a request in `cli`, one file a verb, named as in `kubectl ctx`. `gather` asks the cluster,
`report` tells. The change itself is the library's: `kubeconfig.edits` under kubectl's lock.
"""
