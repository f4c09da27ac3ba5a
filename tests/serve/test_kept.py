"""An answer is kept for who asks the same again, within bounds, and never where another answer may be due."""

from __future__ import annotations

import asyncio

import pytest
from loops import run_alone

from kg.serve.answers import Reply
from kg.serve.kept import Kept, Shared


def job(text: str, accept: str = "text/csv") -> dict[str, object]:
    return {"kind": "query", "text": text, "accept": accept, "default_graphs": (), "named_graphs": ()}


def reply(size: int, status: int = 200) -> Reply:
    return Reply(status, "text/csv", b"x" * size)


def test_the_same_question_in_the_same_form_has_the_kept_answer() -> None:
    kept = Kept()
    kept.keep(job("ASK {}"), reply(1))
    assert kept.find(job("ASK {}")) == reply(1)
    assert kept.find(job("ASK {}", "application/json")) is None
    assert kept.find(job("ASK { }")) is None


@pytest.mark.parametrize("function", ["RAND()", "now()", "UUID()", "StrUUID ()", "BNODE('x')"])
def test_what_is_new_each_time_is_asked_each_time(function: str) -> None:
    kept = Kept()
    kept.keep(job(f"SELECT ({function} AS ?x) {{}}"), reply(1))
    assert kept.find(job(f"SELECT ({function} AS ?x) {{}}")) is None


def test_a_refusal_is_not_kept_and_the_oldest_makes_room() -> None:
    kept = Kept(1000)
    kept.keep(job("refused"), reply(1, 422))
    kept.keep(job("vast"), reply(501))
    assert [kept.find(job(text)) for text in ("refused", "vast")] == [None, None]
    for text in ("first", "second"):
        kept.keep(job(text), reply(300))
    assert kept.find(job("first")) is not None
    kept.keep(job("third"), reply(300))
    assert [kept.find(job(text)) is None for text in ("first", "second", "third")] == [False, True, False]


def test_a_server_answers_chance_anew_and_the_rest_from_what_it_kept(http) -> None:
    ask = lambda text, form: http.get("/sparql", params={"query": text}, headers={"Accept": form}).text  # noqa: E731
    assert ask("SELECT (RAND() AS ?x) {}", "text/csv") != ask("SELECT (RAND() AS ?x) {}", "text/csv")
    # A store makes up a name for the blank node of each answer: the same name twice is one answer, given twice.
    made = "CONSTRUCT { [] a <urn:x> } {}"
    assert ask(made, "application/n-triples").startswith("_:")
    assert ask(made, "application/n-triples") == ask(made, "application/n-triples")
    assert ask(f"{made} ", "application/n-triples") != ask(made, "application/n-triples")


class Slow:
    """Answers when told to, and notes what it was asked and what was ended."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.ended: list[object] = []
        self.ready = asyncio.Event()

    async def __call__(self, job: dict[str, object]) -> Reply:
        self.asked.append(job["text"])
        try:
            await self.ready.wait()
        except asyncio.CancelledError:
            self.ended.append(job["text"])
            raise
        return reply(1)


@pytest.mark.parametrize(("text", "times"), [("ASK {}", 1), ("SELECT (RAND() AS ?x) {}", 3)])
def test_equal_questions_at_one_time_are_asked_once_but_for_chance(text: str, times: int) -> None:
    async def ask() -> Slow:
        slow = Slow()
        shared = Shared(slow)
        asking = asyncio.gather(*(shared.run(job(text)) for _ in range(3)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        slow.ready.set()
        assert await asking == [reply(1)] * 3
        return slow

    assert run_alone(ask()).asked == [text] * times


def test_who_leaves_does_not_take_the_answer_from_others_and_the_last_ends_the_work() -> None:
    async def leave() -> None:
        slow = Slow()
        shared = Shared(slow)
        first, second = (asyncio.ensure_future(shared.run(job("ASK {}"))) for _ in range(2))
        await asyncio.sleep(0.01)
        first.cancel()
        await asyncio.sleep(0.01)
        assert slow.ended == []
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        assert slow.ended == ["ASK {}"]
        slow.ready.set()
        assert await shared.run(job("ASK {}")) == reply(1), "who asks anew is not given what was ended"

    run_alone(leave())
