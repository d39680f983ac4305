"""
Here is a tree: what else could each phrase be written as? Tree to tree, after the parser.

`numerals`, `number_forms`, `temperatures`, `latin` and `variants` each give spans of a text with other
ways to write them; `lexicon` has the user's synonyms and words; `expander` puts them into the tree;
`equivalences` says which of them hold, `entry` is the way in. Nothing is indexed for it.
"""
