"""
Here is a query tree: which engine answers it?

`base` is the contract, `embedded` the engine in this process. Not for parsing
queries or for making snippets: every engine gets trees and gives articles.
"""
