"""validate: does a graph keep what it promises?

Seven looks at it, each a module with one function from a store to rows of a report:

- ``terms``: are literals, language tags and IRIs well formed, and is every ``kg:`` term one of the
  ontology's;
- ``classes``: do classes and relations agree with the ontology (disjointness, domains, ranges);
- ``shapes``: do nodes carry what the SHACL shapes ask for;
- ``orphans``: is anything described that nothing refers to;
- ``evidence``: does every fact have its claim, and does every quotation stand where its offsets
  say, and does every belief follow from the claims;
- ``texts``: do language and words of a paper, its abstract and its numbers agree;
- ``reasoner``: on request, does a full OWL reasoner (HermiT, which needs Java) find the ontology, with the
  graph's facts, consistent.
"""

from kg.validate.report import Row, ValidationReport
from kg.validate.run import validate, validate_store

__all__ = ["Row", "ValidationReport", "validate", "validate_store"]
