"""
The contract on an OpenSearch cluster: the same answers where one machine is too small.

What the cluster is given are tokens that we cut (`stream`), so that it needs no plugin and no
analyzer of its own; what it is asked is a tree written in its query language (`translation`). Where
that cannot say exactly what a tree means, it is asked for all that may match and for what surely
does, and the texts between are read here. Articles are ranked by the embedded engine's own code,
over the best of the cluster and with the figures of all of it (`ranking`).

Only this room knows opensearch-py.
"""
