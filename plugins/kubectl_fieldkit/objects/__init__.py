"""Kubernetes objects as msgspec Structs that name only the fields fieldkit reads.

What a Struct does not name is neither decoded, nor kept, nor written into a snapshot: secrets'
data, environment variables, arguments and annotations nobody reads never enter the process.
"""
