"""Every tool of ``peers`` that is installed reads as many triples as we wrote, answers the competency questions as we do, and finds no
shape violated. Tools that are absent are skipped; ``python tests/interop/table.py`` writes what was found to docs/interoperability.md."""

from __future__ import annotations

from pathlib import Path

import pytest
from peers import PEERS, Peer
from questions import compared, ours, written_out

from kg.export import export
from kg.resources import ontology_dir

pytestmark = pytest.mark.interop


def present(peers: list[Peer]) -> list:
    """A case a tool; the version is asked for when the case runs."""
    return [pytest.param(peer, id=peer.name.partition(" ")[0]) for peer in peers]


@pytest.fixture(scope="module")
def ntriples(seeds) -> Path:
    path = seeds.turtle.with_suffix(".nt")
    export(seeds.store, path, "ntriples")
    return path


def skip_if_absent(peer: Peer) -> None:
    if peer.version() is None:
        pytest.skip(f"{peer.name} is not installed: {peer.package}")


@pytest.mark.parametrize("peer", present([peer for peer in PEERS if peer.count]))
def test_it_reads_every_triple(peer, seeds, ntriples):
    skip_if_absent(peer)
    assert peer.count(seeds.turtle, ntriples) == len(seeds.store)


@pytest.mark.parametrize("peer", present([peer for peer in PEERS if peer.answers]))
def test_it_answers_the_competency_questions_as_we_do(peer, seeds, ntriples):
    skip_if_absent(peer)
    questions = {name: text for name, text in written_out().items() if name not in peer.unanswered[0]}
    assert len(questions) >= 5
    theirs = peer.answers(seeds.turtle, questions)
    assert {name: compared(theirs[name]) for name in questions} == {
        name: ours(seeds.store, text) for name, text in questions.items()
    }


@pytest.mark.parametrize("peer", present([peer for peer in PEERS if peer.conforms]))
def test_it_finds_no_shape_violated(peer, seeds, ntriples, tmp_path):
    skip_if_absent(peer)
    shapes = ontology_dir().resolve() / "shapes.ttl"
    assert peer.conforms(seeds.turtle, shapes)
    spoilt = tmp_path / "spoilt.ttl"
    spoilt.write_text(seeds.turtle.read_text(encoding="utf-8") + "<urn:x> a kg:Claim .\n", encoding="utf-8")
    assert not peer.conforms(spoilt, shapes), "a claim of nothing should not conform"
