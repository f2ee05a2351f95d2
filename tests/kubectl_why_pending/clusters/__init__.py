"""Random clusters for the scheduler: one part a filter, each with its corner cases.

`random_cluster` draws some parts; a part changes the scene it is given. Every value comes from the
generator passed in, so a seed is a cluster.
"""
