"""Graphs for round trips: any IRI, blank node and literal that RDF 1.1 allows, with the strings that break careless writers."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import strategies as st

HOSTILE = (
    "</script><script>alert(1)</script>", '"@zh-hans', "@zh-hans", 'xml:lang="zh-hans"', '"@language":"zh-hans"', "ends in a backslash \\", '\\"', "'''", '"""', "]]>", "<!--",
    "&amp; &lt; &#0;", "a\nb", "a\r\nb", "a\tb", " leading and trailing ", "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", " .\n", "@prefix x: <urn:x> .", "😀", "名字", "e\u0301",
    "\u2028\u2029", "\u200b", "\ufeff", "",
)  # fmt: skip
# XML 1.0 has no way to write the other control characters and the non-characters; papers' texts are cleaned of them as they are read.
_text = st.sampled_from(HOSTILE) | st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12
)
# Names that XML can hold as an element's name, so that RDF/XML can say them.
predicates = st.sampled_from(
    [
        "https://w3id.org/paperkg/ontology#mentions",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "urn:x:p",
        "http://example.org/a/b",
    ]
).map(ox.NamedNode)
nodes = st.sampled_from(
    [
        "https://w3id.org/paperkg/id/model/bloom",
        "https://w3id.org/paperkg/id/model/gpt-3.5",
        "https://w3id.org/paperkg/id/concept/语言模型",
        "https://w3id.org/paperkg/id/claim/a.b-c",
        "https://w3id.org/paperkg/id/paper/",
        "http://example.org/?q=a&b=c#d",
        "http://example.org/%E4%B8%AD/'()*;,",
        "urn:x:1",
    ]
).map(ox.NamedNode)
blanks = st.sampled_from(["b1", "b2"]).map(ox.BlankNode)
XSD = "http://www.w3.org/2001/XMLSchema#"
literals = st.one_of(
    _text.map(ox.Literal),
    st.builds(
        lambda t, lang: ox.Literal(t, language=lang), _text, st.sampled_from(["en", "zh-Hans", "de-CH"])
    ),
    st.integers().map(lambda n: ox.Literal(str(n), datatype=ox.NamedNode(f"{XSD}integer"))),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9).map(
        lambda d: ox.Literal(f"{d:f}", datatype=ox.NamedNode(f"{XSD}decimal"))
    ),
    st.sampled_from(["2022", "1999"]).map(lambda y: ox.Literal(y, datatype=ox.NamedNode(f"{XSD}gYear"))),
    _text.map(lambda t: ox.Literal(t, datatype=ox.NamedNode("urn:x:type"))),
)
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
classes = st.sampled_from(["Model", "Paper"]).map(
    lambda name: ox.NamedNode(f"https://w3id.org/paperkg/ontology#{name}")
)
triples = st.builds(ox.Triple, nodes | blanks, predicates, nodes | blanks | literals) | st.builds(
    ox.Triple, nodes | blanks, st.just(TYPE), classes
)
# Triples in the default graph and in named ones; and reified triples, as claims are.
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
graph_names = st.sampled_from(
    [ox.DefaultGraph(), ox.NamedNode("http://example.org/g"), ox.NamedNode("urn:x:g2"), ox.BlankNode("g")]
)
datasets = st.lists(
    st.builds(lambda t, g: ox.Quad(t.subject, t.predicate, t.object, g), triples, graph_names), max_size=12
)


def _reified(claim: ox.NamedNode, triple: ox.Triple) -> list[ox.Triple]:
    parts = (("subject", triple.subject), ("predicate", triple.predicate), ("object", triple.object))
    return [ox.Triple(claim, ox.NamedNode(_RDF + name), part) for name, part in parts]


# Of a plain graph, and of some of its triples claimed.
graphs = st.builds(
    lambda plain, claims: (
        plain
        + [
            part
            for number, triple in enumerate(claims)
            for part in _reified(ox.NamedNode(f"urn:claim:{number}"), triple)
        ]
    ),
    st.lists(triples, max_size=12),
    st.lists(triples, max_size=3),
)
