"""What made the statements: one ``prov:Activity`` a build, named by version and settings and not by time.

Two builds with the same version and settings are, to the graph, the same activity; that is what lets them
give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.fill.literals import plain, worded
from kg.fill.nodes import Nodes
from kg.iri import digest, slug
from kg.vocab import PROV, RDF, RDFS, SCHEMA


@dataclass(frozen=True, slots=True)
class Activity:
    """A build: the version of paperkg, the extractors with their versions, and the settings that shape the
    result (any text).

    The settings enter the activity's name only; a build's report records them in full.
    """

    version: str
    extractors: tuple[str, ...] = ()
    settings: str = ""

    def node(self, nodes: Nodes) -> NamedNode:
        """The activity's IRI; the order of the extractors does not matter."""
        content = "\n".join((self.version, *sorted(self.extractors), self.settings))
        return nodes.named(f"activity/{digest(content)}")

    def curation(self, nodes: Nodes, person: str = "") -> NamedNode:
        """The IRI of what a person decided by hand; those who gave no name share one."""
        return nodes.named(f"activity/curation-{slug(person)}" if person else "activity/curation")

    def curation_quads(self, nodes: Nodes, person: str = "") -> Iterator[Quad]:
        """What a person decided by hand, and who that is; where no name was given, the program that applied it."""
        activity = self.curation(nodes, person)
        yield Quad(activity, RDF.type, PROV.Activity)
        if not person:
            yield Quad(activity, RDFS.label, worded("curation by hand", "en"))
            yield Quad(activity, PROV.wasAssociatedWith, self._program(nodes))
            return
        agent = nodes.named(f"agent/curator-{slug(person)}")
        yield Quad(activity, RDFS.label, worded(f"curation by {person}", "en"))
        yield Quad(activity, PROV.wasAssociatedWith, agent)
        yield Quad(agent, RDF.type, PROV.Person)
        yield Quad(agent, RDFS.label, worded(person))

    def _program(self, nodes: Nodes) -> NamedNode:
        return nodes.named(f"agent/{slug(f'paperkg {self.version}')}")

    def quads(self, nodes: Nodes) -> Iterator[Quad]:
        """The activity and the software agents that it was the work of."""
        activity = self.node(nodes)
        yield Quad(activity, RDF.type, PROV.Activity)
        yield Quad(activity, RDFS.label, worded(f"extraction by paperkg {self.version}", "en"))
        builder = self._program(nodes)
        yield Quad(builder, SCHEMA.softwareVersion, plain(self.version))
        agents = {builder: f"paperkg {self.version}"}
        agents |= {nodes.named(f"agent/{slug(name)}"): name for name in sorted(self.extractors)}
        for agent, name in agents.items():
            yield Quad(activity, PROV.wasAssociatedWith, agent)
            yield Quad(agent, RDF.type, PROV.SoftwareAgent)
            yield Quad(agent, RDFS.label, worded(name, "en"))
