"""
Here are articles: how do they stand in a Whoosh index, and how are they read back?

`schema` says which fields Whoosh holds, `documents` turns an article into one
of its documents, `writing` puts articles in and takes them out, `snapshot`
reads postings and articles of one commit, `folder` looks after what lies beside
Whoosh's files. Not for deciding what matches or what comes first: `ranking`.
"""
