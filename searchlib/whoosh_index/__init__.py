"""
What plain Whoosh opens: the schema and the codec that show Whoosh a segment of the embedded engine.

Whoosh's own table of contents names both, so that `whoosh.index.open_dir` can open and
query an index. Not for our own search, which reads the arrays themselves.
"""
