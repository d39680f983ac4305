"""
The contract on an OpenSearch cluster: the same answers where one machine is too small.

`cluster_backend` is the contract, on what `cluster_index` knows of one index; `client` speaks with the
nodes that an `address` names, `home` is the index there. What the cluster is given are tokens that we
cut (`stream`), so that it needs no plugin and no analyzer of its own; `putting` and `bulk` send them,
`aside` makes a whole index beside the one that is asked, `moving` takes articles over. What it is asked
is a tree written in its query language (`translation`). Where that cannot say exactly what a tree
means, it is asked for all that may match and for what surely does, and the texts between are read here
(`finding`). Articles are ranked by the embedded engine's own code, over the best of the cluster and
with the figures of all of it (`ranked`).

Only this room knows opensearch-py.
"""
