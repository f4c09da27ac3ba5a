"""How tests start a real server: a small graph, and ``kg serve`` in a process of its own on a free port of loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from papers import ROOT

BASE = "https://w3id.org/paperkg/id/"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}"
_QUOTED = HOSTILE.replace('"', '\\"')

# Two models of which one has hostile names; a claim with its evidence; two named graphs, which pages may show and queries may name.
GRAPH = f"""
@prefix kg: <https://w3id.org/paperkg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @base <{BASE}> .
<model/bloom> a kg:Model ; rdfs:label "BLOOM"@en ; skos:prefLabel "BLOOM"@en , "布鲁姆"@zh-Hans ; kg:trainedOn <dataset/roots> .
<dataset/roots> a kg:Dataset ; rdfs:label "ROOTS"@en .
<task/语音> a kg:Task ; rdfs:label "语音"@zh-Hans .
<model/a%2Fb> a kg:Model ; rdfs:label "a slash kept as sent" .
<model/evil> a kg:Model ; rdfs:label "{_QUOTED}" ; skos:altLabel "a\\u0001b" ;
  foaf:page <javascript:alert%283%29> , <data:text/html,x> , <https://example.org/good?a=b> .
<paper/p> a kg:Paper ; rdfs:label "A paper on BLOOM"@en ; dcterms:title "A paper on BLOOM"@en ; kg:introduces <model/bloom> .
<claim/c1> a kg:Claim ; rdf:subject <model/bloom> ; rdf:predicate kg:trainedOn ; rdf:object <dataset/roots> ;
  prov:wasDerivedFrom <paper/p> ; kg:confidence 0.75 ; kg:polarity "asserted" ; oa:hasTarget <span/p-1-9> .
<span/p-1-9> a oa:SpecificResource ; oa:hasSelector <span/p-1-9#quote> ; oa:hasSource <paper/p> .
<span/p-1-9#quote> a oa:TextQuoteSelector ; oa:prefix "before " ; oa:exact "BLOOM was <b>trained</b> on ROOTS" ; oa:suffix " after" .
<urn:g1> {{ <urn:s1> <urn:p> "one" }}
<urn:g2> {{ <urn:s2> <urn:p> "two" }}
"""

# Some 10^10 rows to join and none to give: it ends by being ended.
ENDLESS = "SELECT (COUNT(*) AS ?count) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    url: str
    warnings: list[str]

    def workers(self) -> list[int]:
        """Processes that the server has started and that run."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit status."""
        self.process.send_signal(how)
        try:
            return self.process.wait(15)
        finally:
            self.process.kill()
            self.process.wait()
            if self.process.stderr:
                self.process.stderr.close()


def start(graph: Path, *options: str, env: dict[str, str] | None = None) -> Server:
    """Start ``kg serve`` and wait until it says where it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
    )
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        if found := re.match(r"serving (http://\S+)/ ", line):
            return Server(process, found[1], lines)
        lines.append(line)
    raise AssertionError(f"the server did not start: {lines}, exit status {process.wait()}")
