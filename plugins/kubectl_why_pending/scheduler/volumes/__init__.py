"""What claims, volumes and classes mean to the volume filters: the rules of k8s.io/component-helpers/storage
and of volumebinding/binder.go, and what became of in-tree disks (k8s.io/csi-translation-lib).
"""
