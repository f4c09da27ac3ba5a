"""Making the index of a graph: one pass over its claims, one over its things, and SQLite sorts and counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox

from kg.evidence import ONTOLOGY, Lookup, local_name
from kg.stats import stats
from kg.text import searchable
from kg.vocab import DCTERMS, ENTITY_PREDICATES, FOAF, KG, PAPER_PREDICATES, PROV, RDF, RDFS, SKOS

_NAMES = (
    SKOS.prefLabel,
    RDFS.label,
    DCTERMS.title,
    FOAF.name,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    DCTERMS.identifier,
)
# Told of in other ways than as a thing or as a fact between two.
_NO_THING = {"Claim", "Measurement"}
_NO_FACT = {"reports"}
# A name longer than this is not typed in full by anybody.
_LONGEST = 500

_CLAIMS = f"""SELECT ?claim ?subject ?predicate ?object ?polarity ?confidence ?paper WHERE {{
  ?claim <{RDF.predicate.value}> ?predicate ; <{RDF.subject.value}> ?subject ; <{RDF.object.value}> ?object .
  OPTIONAL {{ ?claim <{KG.polarity.value}> ?polarity }} OPTIONAL {{ ?claim <{KG.confidence.value}> ?confidence }}
  OPTIONAL {{ ?claim <{PROV.wasDerivedFrom.value}> ?paper }}
}}"""

_TABLES = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, year TEXT NOT NULL,
  papers INTEGER NOT NULL, weight INTEGER NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE fact (id INTEGER PRIMARY KEY, relation TEXT NOT NULL, subject INTEGER NOT NULL, object INTEGER NOT NULL,
  polarity TEXT NOT NULL, papers INTEGER NOT NULL, confidence REAL NOT NULL, year TEXT NOT NULL);
CREATE TABLE claim (fact INTEGER NOT NULL, iri TEXT NOT NULL, confidence REAL NOT NULL);
CREATE TABLE kept (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE VIRTUAL TABLE gram USING fts5 (text, content='name', content_rowid='id', tokenize='trigram');
CREATE TEMP TABLE seen (id INTEGER PRIMARY KEY, iri TEXT, name TEXT, kind TEXT, year TEXT, sorted TEXT);
CREATE TEMP TABLE spelled (thing INTEGER, place INTEGER, text TEXT);
CREATE TEMP TABLE said (iri TEXT, relation TEXT, subject INTEGER, object INTEGER, polarity TEXT, confidence REAL, paper INTEGER);
"""

# From what was seen, in the order met, to what is looked up, in the order of names and of connections.
_SORTED = (
    "CREATE TEMP TABLE place AS SELECT id AS seen, row_number() OVER (ORDER BY sorted, iri) AS id FROM seen",
    "CREATE UNIQUE INDEX temp.place_of ON place (seen)",
    """CREATE TEMP TABLE grouped AS
       SELECT dense_rank() OVER (ORDER BY relation, s.id, o.id, polarity) AS fact, said.iri, relation, s.id AS subject, o.id AS object,
              polarity, confidence, paper, coalesce(p.year, '') AS year
       FROM said JOIN place AS s ON s.seen = subject JOIN place AS o ON o.seen = object LEFT JOIN seen AS p ON p.id = coalesce(paper, subject)""",
    """INSERT INTO fact SELECT fact, relation, subject, object, polarity, count(DISTINCT paper), max(confidence), max(year)
       FROM grouped GROUP BY fact ORDER BY fact""",
    "INSERT INTO claim SELECT fact, iri, confidence FROM grouped WHERE iri IS NOT NULL ORDER BY fact, confidence DESC, iri",
    # How much is said of a thing: by papers, and between it and others.
    """CREATE TEMP TABLE weighed AS SELECT thing, sum(papers) AS weight, sum(mentioned) AS papers FROM (
         SELECT object AS thing, papers, relation = 'mentions' AS mentioned FROM fact
         UNION ALL SELECT subject, papers, 0 FROM fact WHERE relation NOT IN ({roles})) GROUP BY thing""",
    "CREATE UNIQUE INDEX temp.weight_of ON weighed (thing)",
    """INSERT INTO thing SELECT place.id, iri, name, kind, year, coalesce(papers, 0), coalesce(weight, 0)
       FROM place JOIN seen ON seen.id = place.seen LEFT JOIN weighed ON weighed.thing = place.id ORDER BY place.id""",
    """INSERT INTO name (thing, text) SELECT place.id, text FROM spelled JOIN place ON place.seen = spelled.thing
       JOIN thing ON thing.id = place.id ORDER BY weight DESC, place.id, spelled.place""",
    "INSERT INTO gram (gram) VALUES ('rebuild')",
    "CREATE UNIQUE INDEX thing_iri ON thing (iri)",
    "CREATE INDEX thing_papers ON thing (kind, papers DESC, id)",
    "CREATE INDEX thing_year ON thing (kind, year DESC, id)",
    "CREATE INDEX name_text ON name (text, id)",
    "CREATE INDEX claim_fact ON claim (fact)",
    "CREATE INDEX fact_papers ON fact (relation, papers DESC, subject, object)",
    "CREATE INDEX fact_confidence ON fact (relation, confidence DESC, subject, object)",
    "CREATE INDEX fact_year ON fact (relation, year DESC, subject, object)",
    "CREATE INDEX fact_subject ON fact (subject, relation, papers DESC, confidence DESC)",
    "CREATE INDEX fact_object ON fact (object, relation, papers DESC, confidence DESC)",
    "CREATE INDEX fact_subjects ON fact (relation, subject, object)",
    "CREATE INDEX fact_objects ON fact (relation, object, subject)",
    "ANALYZE",
)


def build_index(store: ox.Store, path: Path) -> None:
    """Write the index of a graph.

    Args:
        store: the graph. One in memory is read several times as fast as one on disk.
        path: the file to write, which must not exist.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # The file is made from the graph alone and can be made again: there is nothing to recover after a crash.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_TABLES)
        database.execute("BEGIN")
        things = _Things()
        database.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?)", _said(store, things))
        for iri in _typed(store):
            things.number(iri)
        for number, iri in things.all():
            name, kind, year, spellings = _described(store, iri)
            database.execute(
                "INSERT INTO seen VALUES (?, ?, ?, ?, ?, ?)", (number, iri, name, kind, year, name.casefold())
            )
            database.executemany(
                "INSERT INTO spelled VALUES (?, ?, ?)",
                ((number, place, text) for place, text in enumerate(spellings)),
            )
        roles = ", ".join(f"'{name}'" for name in PAPER_PREDICATES)
        for statement in _SORTED:
            database.execute(statement.replace("{roles}", roles))
        database.execute("INSERT INTO kept VALUES ('stats', ?)", (json.dumps(asdict(stats(store))),))
        database.execute("COMMIT")


class _Things:
    """Things numbered as they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, iri: str) -> int:
        return self._numbers.setdefault(iri, len(self._numbers))

    def all(self) -> Iterator[tuple[int, str]]:
        return ((number, iri) for iri, number in self._numbers.items())


def _said(
    store: ox.Store, things: _Things
) -> Iterator[tuple[str | None, str, int, int, str, float, int | None]]:
    """The claims of facts between things, and the facts themselves, which need no claim."""
    result = store.query(_CLAIMS)
    assert isinstance(result, ox.QuerySolutions)
    relations: dict[object, str] = {}
    for claim, subject, predicate, object_, polarity, confidence, paper in result:
        if predicate not in relations:
            relations[predicate] = _relation(predicate)
        relation = relations[predicate]
        if not relation or not all(isinstance(node, ox.NamedNode) for node in (claim, subject, object_)):
            continue
        yield (
            claim.value,
            relation,
            things.number(subject.value),
            things.number(object_.value),
            local_name(polarity.value) if polarity is not None else "asserted",
            _number(confidence),
            things.number(paper.value) if isinstance(paper, ox.NamedNode) else None,
        )
    for relation in (*PAPER_PREDICATES, *ENTITY_PREDICATES):
        for quad in store.quads_for_pattern(None, ox.NamedNode(ONTOLOGY + relation), None, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                subject, object_ = things.number(quad.subject.value), things.number(quad.object.value)
                yield None, relation, subject, object_, "asserted", 0.0, None


def _relation(predicate: object) -> str:
    """Its local name, if it is a relation of the ontology between things."""
    if not isinstance(predicate, ox.NamedNode) or not predicate.value.startswith(ONTOLOGY):
        return ""
    name = local_name(predicate.value)
    return "" if name in _NO_FACT else name


def _typed(store: ox.Store) -> Iterator[str]:
    """Everything of a class of the ontology that is a thing."""
    result = store.query(f"SELECT DISTINCT ?class WHERE {{ ?thing <{RDF.type.value}> ?class }}")
    assert isinstance(result, ox.QuerySolutions)
    classes = [row["class"] for row in result]
    for class_ in sorted((c for c in classes if isinstance(c, ox.NamedNode)), key=lambda c: c.value):
        if class_.value.startswith(ONTOLOGY) and local_name(class_.value) not in _NO_THING:
            for quad in store.quads_for_pattern(None, RDF.type, class_, None):
                if isinstance(quad.subject, ox.NamedNode):
                    yield quad.subject.value


def _described(store: ox.Store, iri: str) -> tuple[str, str, str, list[str]]:
    """Name, class, year (of a paper), and every spelling as it is searched."""
    lookup = Lookup(store)
    said = lookup.about(iri)
    spellings = [
        searchable(value.value[:_LONGEST])
        for predicate in _NAMES
        for value in said.get(predicate.value, ())
        if isinstance(value, ox.Literal)
    ]
    year = lookup.text(iri, DCTERMS.date.value)[:4]
    return (
        lookup.name(ox.NamedNode(iri)),
        lookup.kind(iri),
        year if year.isdecimal() else "",
        [text for text in dict.fromkeys(spellings) if text],
    )


def _number(value: object) -> float:
    try:
        return float(value.value) if isinstance(value, ox.Literal) else 0.0
    except ValueError:
        return 0.0
