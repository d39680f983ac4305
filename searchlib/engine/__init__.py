"""
What `Index` asks of an engine, whatever holds the articles: `contract`.

Not for parsing queries or for making snippets: every engine gets trees and gives articles.
"""
