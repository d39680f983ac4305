"""
Here is an index on disk: what is a commit, who may write one, and how is it opened?

`manifest` reads and writes the table of contents, which is the commit; `committing` makes the next
one, with segments that `merge_policy` chooses put together, and `analysts` cut its texts in threads
or processes; `snapshot` opens one for a search, `backup` copies one whole, `repairing` saves what is
whole of a damaged one. `docsets` works on sets of documents, `values` on what is stored of each.
Beside the commit lie a fingerprint (`folder`), the list of files (`file_list`, `folder_registry`),
the user's words (`lexicon_files`) and the lock (`locks`). Not for what is inside a segment
(`codec`), nor for what matches (`search`).
"""
