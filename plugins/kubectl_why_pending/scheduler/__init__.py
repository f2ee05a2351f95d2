"""The scheduler's own cycle: what kube-scheduler decides for one pod, node by node, and says of it.

Mirrors k8s.io/kubernetes/pkg/scheduler: `filters/` holds its filter plugins, one a file; `cycle` runs
them as schedule_one.go does; `message` writes FitError's sentence; `preemption` is DefaultPreemption.
"""
