"""
Here is an index on disk: what is a commit, who may write one, and how is it opened?

`contents` reads and writes the table of contents, which is the commit;
`writing` makes the next one, `spool` holds what is on its way into it,
`snapshot` opens one for a search, `backup` copies one whole, `docsets` works on
sets of its documents, and `folder` looks after what lies beside: fingerprint, list of files, locks. Not for
what stands inside a segment (`codec`), nor for what matches (`search`).
"""
