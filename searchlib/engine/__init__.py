"""
What `Index` asks of an engine, whatever holds the articles: plain data and protocols.

`request` is what is asked, `filters` what `where` means, `contract` what an engine answers
and does. Not for parsing queries or for making snippets: every engine gets trees and gives articles.
"""
