"""What the page knows, as plain JSON values: short where it repeats, named where it does not.

A quote is stored as two offsets into its paper's abstract, which the page holds once, and in full only where the abstract does
not say so. JavaScript counts UTF-16 units, so offsets are turned into those here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.evidence import Quote
from kg.export.html.layout import Layout
from kg.export.html.model import Graph, Node
from kg.export.html.network import vis_data
from kg.export.html.terms import KG
from kg.look import TYPES, relation_names, style_of

if TYPE_CHECKING:
    from pyvis.network import Network


def build_payload(graph: Graph, layout: Layout, network: Network, title: str) -> dict[str, Any]:
    """All data of the page."""
    base = _common_base([n.iri for n in graph.nodes])
    present = {n.type for n in graph.nodes}
    order = [style_of(name) for name in sorted(present, key=_type_order)]
    predicates = sorted({f.predicate for f in graph.facts}, key=_relation_order)
    relation = {name: i for i, name in enumerate(predicates)}
    abstracts = [dict(n.about).get("abstract", "") for n in graph.nodes]
    return {
        "title": title,
        "base": base,
        "ontology": KG,
        "totals": {"nodes": graph.totals[0], "facts": graph.totals[1]},
        "types": [
            {"name": s.name, "plural": s.plural, "shape": s.shape, "light": s.light, "dark": s.dark}
            for s in order
        ],
        "relations": [
            {"name": p, "label": relation_names(p)[0], "inverse": relation_names(p)[1]} for p in predicates
        ],
        "nodes": [_node(n, base, layout.communities[i], layout.sizes[i]) for i, n in enumerate(graph.nodes)],
        "facts": [[f.subject, relation[f.predicate], f.object, int(f.asserted)] for f in graph.facts],
        "claims": [
            {
                "iri": _short(c.iri, base),
                "fact": c.fact,
                **({} if c.paper is None else {"paper": c.paper}),
                **({} if c.confidence is None else {"conf": c.confidence}),
                **({} if c.polarity == "asserted" else {"polarity": c.polarity}),
                **_quotes(c.quotes, abstracts[c.paper] if c.paper is not None else ""),
            }
            for c in graph.claims
        ],
        "measures": [
            {
                "paper": m.paper,
                "value": m.value,
                **{
                    k: v
                    for k, v in (("unit", m.unit), ("stated", m.stated), ("uncertainty", m.uncertainty))
                    if v
                },
                **{k: v for k, v in (("of", m.of), ("metric", m.metric)) if v is not None},
                **_quotes(m.quotes or _find(m.stated, abstracts[m.paper]), abstracts[m.paper]),
            }
            for m in graph.measures
        ],
        "opening": [[i, x, y] for i, (x, y) in layout.opening.items()],
        "vis": vis_data(network),
    }


def _node(node: Node, base: str, community: int, size: float) -> dict[str, Any]:
    """Names by language (anything but Chinese stands with English), preferred first, and for a paper what is said of it."""
    chinese = [text for lang, text in node.names if lang.lower().startswith("zh")]
    other = [text for lang, text in node.names if not lang.lower().startswith("zh")]
    data: dict[str, Any] = {
        "iri": _short(node.iri, base),
        "type": node.type,
        "community": community,
        "size": size,
    }
    for key, values in (("en", other), ("zh", chinese), ("hidden", list(node.hidden))):
        if values:
            data[key] = list(dict.fromkeys(values))
    for term, value in node.about:
        if term in {"creator", "identifier"}:
            data.setdefault(term, []).append(value)
        else:
            data.setdefault(term, value)
    return data


def _quotes(quotes: tuple[Quote, ...], abstract: str) -> dict[str, Any]:
    """Under ``quotes`` a list of [start, end] or [before, words, after]."""
    found = [value for quote in quotes if (value := _quote(quote, abstract))]
    return {"quotes": found} if found else {}


def _quote(quote: Quote, abstract: str) -> list[Any]:
    """Offsets where the abstract has the words there; else the words themselves; else nothing."""
    start, end = quote.start, quote.end
    if start is not None and end is not None and start < end <= len(abstract):
        words = abstract[start:end]
        if quote.exact in {"", words}:
            before = _utf16(abstract[:start])
            return [before, before + _utf16(words)]
    if quote.exact:
        return [quote.prefix, quote.exact, quote.suffix]
    return []


def _find(stated: str, abstract: str) -> tuple[Quote, ...]:
    """Where the words stand, if they stand there once."""
    if not stated or abstract.count(stated) != 1:
        return ()
    start = abstract.index(stated)
    return (Quote(start, start + len(stated), stated),)


def _utf16(text: str) -> int:
    """The length of a text as a browser counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _common_base(iris: list[str]) -> str:
    """The start that most resources share, up to the slash before their kind: ``https://w3id.org/paperkg/id/``."""
    counts: dict[str, int] = {}
    for iri in iris:
        parts = iri.rsplit("/", 2)
        if len(parts) == 3:
            counts[parts[0] + "/"] = counts.get(parts[0] + "/", 0) + 1
    return max(sorted(counts), key=lambda b: counts[b], default="")


def _short(iri: str, base: str) -> str:
    """The IRI below the base; a full IRI is told by its colon."""
    rest = iri.removeprefix(base)
    return rest if base and rest != iri and ":" not in rest and rest else iri


def _type_order(name: str) -> tuple[int, str]:
    names = [style.name for style in TYPES]
    return (names.index(name) if name in names else len(names), name)


def _relation_order(name: str) -> tuple[int, str]:
    """Relations between things first, then what papers do with them, mere mentions last."""
    roles = ["introduces", "uses", "studies", "mentions", "creator"]
    return (roles.index(name) + 1 if name in roles else 0, name)
