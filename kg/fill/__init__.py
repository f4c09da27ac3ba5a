"""fill: what was extracted and resolved becomes the triples of the graph.

    Resolved -> quads

One paper says three kinds of thing, and a module here writes each:

- what it is (``papers``): title, abstract, authors, date, links;
- what it names (``entities``): a node with one preferred label a language;
- what it states: facts (``facts``) and numbers (``measurements``), each a plain triple for whoever wants to
  query, and beside it a ``kg:Claim`` for whoever wants to know (``claims``): which paper, how sure, and the
  very characters that say so.

When all papers are in, ``weigh`` says how sure a fact is by all that claim it.

A fact that the text denies or merely supposes has its claim, with its polarity, but no triple. Every node
has an IRI, made from what it stands for (``nodes``), so the same statements have the same names in every
build, whatever the order of the papers.
"""

from kg.fill.activity import Activity
from kg.fill.stage import fill
from kg.fill.weigh import weigh

__all__ = ["Activity", "fill", "weigh"]
