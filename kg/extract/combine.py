"""From candidates to mentions: which spans are names.

Rules, terminology and the learned model each propose spans. The combination, in order:

1. words that are never names are vetoed, whoever proposed them;
2. every span is scored by all that speaks for it and against it (:mod:`kg.extract.judged_mentions`);
3. of spans that cross, both names of a definition stand before others, then the more probable one;
4. a name found once is marked wherever it stands in the document.

What each is a name of, :mod:`kg.extract.judged_types` says afterwards.

Without the learned model the scores are the rules' own, known terms that touch make one longer term (语义 + 器官分割), typed by
the last as a head noun would type it, and of spans that cross the longer one wins, as the guideline asks for the longest name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.abbreviations import coined
from kg.extract.judged_mentions import weigh
from kg.extract.lexicon.heads import default_type
from kg.extract.notes import LISTED, Candidate, Definition, text_of
from kg.text import WEB_ADDRESS, fold, has_cjk
from kg.types import Mention

_VETOED = frozenset(
    fold(word)
    for word in """
    paper; work; study; article; method; methods; approach; model; models; result; results; experiment; experiments; data; dataset; datasets; benchmark; benchmarks;
    performance; problem; problems; task; tasks; system; systems; framework; algorithm; algorithms; technique; techniques; code; baseline; baselines; state-of-the-art; sota;
    researchers; authors; humans; people; application; applications; domain; domains; field; fields; analysis; evaluation; theory; quality; efficiency; complexity; challenge;
    challenges; information; knowledge; process; feature; features; network; learning; training; test; testing; parameters; examples; samples; input; output; label; labels;
    方法; 模型; 数据; 数据集; 基准; 基准测试; 任务; 问题; 算法; 框架; 系统; 结果; 实验; 性能; 研究; 本文; 论文; 技术; 领域; 应用; 评估; 分析; 学习; 训练; 网络; 信息; 知识; 特征;
    standard deviation; std; sd; mean; median; average; 标准差; 标准偏差; 均值;
    新模型; 新方法; 研究问题; 任务主题; 模型性能; 模型能力; 输入数据; 实验结果; 研究结果; 处理数据; 数据收集; 有关问题
    """.replace("\n", " ").split(";")
    if word.strip()
)
# The definite glue that a term may cross when two known parts make one: nothing in Chinese, one space in English.
_GLUE = re.compile(r" ?")
_MAX_MERGED = 4
# "176B-parameter language model": the size is a measurement, the rest the name.
_SIZE = re.compile(
    r"\d[\d.,]*\s?(?:[KMBT]|thousand|million|billion|trillion)?[ -]?(?:parameters?|tokens?|layers?|class(?:es)?|billion|million)?[ -]+(?=[a-z])"
)
# What a list knows for sure, and how many characters make a Chinese term a long one.
_SURE, _LONG_TERM = 0.8, 4
# A defined name less probable than this is none: the brackets held something else (right in 12 of 155 held-out cases).
_DEFINED = 0.2
# A proposal of the learned model at least so probable moves the border of a defined name.
_SEEN = 0.4
# What ends a term without being part of it: signs, and in Chinese "the problem of".
_TAIL = re.compile(r"(?:(?<=[\u3400-\u9fff])的(?:问题|任务|挑战))?[\s\"'“”‘’`)）》,，.。;；:：]*$")
_URL = re.compile(WEB_ADDRESS)
# What joins another name to a defined one: rehearsal and knowledge distillation (KD).
_LINKS = re.compile(r"\b(?:and|or|on)\b")


class Combiner:
    """Turns ``doc._.candidates`` into ``doc._.mentions``."""

    def __init__(self, min_score: float) -> None:
        self.min_score = min_score

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        candidates = considered(doc)
        doc._.candidates = candidates
        if doc._.reading is not None:
            chance = weigh(text, candidates, doc._.definitions)
            candidates = [replace(c, score=self._score(text, c, chance[c.start, c.end])) for c in candidates]
            chosen = self._choose(candidates, _probable_first)
        else:
            chosen = self._choose(candidates, _long_first)
        chosen += _elsewhere(text, chosen)
        mentions = [
            Mention(
                c.start,
                c.end,
                text[c.start : c.end],
                c.type or default_type(text[c.start : c.end]),
                round(c.score, 4),
                c.by,
            )
            for c in chosen
        ]
        doc._.mentions = sorted(mentions, key=lambda mention: mention.start)
        return doc

    def _score(self, text: str, candidate: Candidate, chance: float) -> float:
        """How probable a span is; what outlasts wording, and what the text itself calls a name, has at least the least score."""
        named = candidate.by == "definition" and candidate.fixed and chance >= _DEFINED
        return max(chance, self.min_score if named or _lasting(text, candidate) else 0.0)

    def _choose(
        self, candidates: Iterable[Candidate], order: Callable[[Candidate], tuple[float, ...]]
    ) -> list[Candidate]:
        """The candidates that stand, the first of the order before those that cross it; certain ones before all."""
        best: dict[tuple[int, int], Candidate] = {}
        for c in candidates:
            known = best.get((c.start, c.end))
            if known is None or (c.fixed, c.score, c.by) > (known.fixed, known.score, known.by):
                fixed = c.fixed or (known is not None and known.fixed)
                best[c.start, c.end] = c if c.fixed == fixed else replace(c, fixed=fixed)
        taken: list[Candidate] = []
        for c in sorted(best.values(), key=lambda c: (not c.fixed, *order(c))):
            if c.score >= self.min_score and not any(c.start < t.end and t.start < c.end for t in taken):
                taken.append(c)
        return taken


def _lasting(text: str, candidate: Candidate) -> bool:
    """A long Chinese term of the reviewed list stands where nothing more probable does: translators word it in ways that no model
    has read. (What was mined is right there in one of nine cases.)"""
    surface = text[candidate.start : candidate.end]
    return (
        candidate.by == "terminology"
        and candidate.score >= _SURE
        and has_cjk(surface)
        and len(surface) >= _LONG_TERM
    )


def _long_first(c: Candidate) -> tuple[float, ...]:
    return c.start - c.end, -c.score, c.start


def _probable_first(c: Candidate) -> tuple[float, ...]:
    return -c.score, c.start - c.end, c.start


def considered(doc: Doc) -> list[Candidate]:
    """The candidates of a document that could be names: trimmed, without what is never one, definitions as the model reads them."""
    text = text_of(doc)
    candidates = [_trimmed(text, c) for c in doc._.candidates]
    candidates = [c for c in candidates if c.end > c.start and not _vetoed(text[c.start : c.end])]
    links = [match.span() for match in _URL.finditer(text)]
    candidates = [c for c in candidates if not any(a <= c.start < b for a, b in links)]
    if doc._.reading is None:
        candidates = _supported(candidates)
        return candidates + _merged(text, candidates)
    definitions = [_agreed(text, d, candidates) for d in doc._.definitions]
    short = {d.short for d in definitions}
    definitions += [d for d in coined(text, candidates, _SEEN) if d.short not in short]
    doc._.definitions = definitions
    defined = {span for d in doc._.definitions for span in (d.long, d.short)}
    candidates = [
        c for c in candidates if c.by != "definition" or c.type is not None or (c.start, c.end) in defined
    ]
    return candidates + [
        Candidate(start, end, None, 0.9, "definition", fixed=True) for start, end in sorted(defined)
    ]


def _trimmed(text: str, candidate: Candidate) -> Candidate:
    """Without quotes, articles, space and "the problem of" at its ends."""
    surface = text[candidate.start : candidate.end]
    lead = re.match(
        r"[\s\"'“”‘’`(（《]*(?:(?:the|a|an|as|our|this|these|novel(?!\s+(?:view|object|class|categor|environment))|new|proposed)\s+)*",
        surface,
        re.IGNORECASE,
    )
    tail = _TAIL.search(surface)
    left = lead.end() if lead else 0
    size = _SIZE.match(surface, left)
    left = size.end() if size else left
    right = len(surface) - tail.start() if tail else 0
    if (
        surface.count("(") > surface[left : len(surface) - right].count("(")
        and right
        and ")" in surface[len(surface) - right :]
    ):
        right = 0
    start, end = candidate.start + left, candidate.end - right
    # Markdown's emphasis around a name: **MarkNet**; a star of its own has none in front (RRT*).
    while start < end and text[end - 1] in "*_`" and text[start - 1 : start] == text[end - 1]:
        end -= 1
    if (start, end) == (candidate.start, candidate.end):
        return candidate
    return replace(candidate, start=start, end=max(start, end))


def _vetoed(surface: str) -> bool:
    return fold(surface) in _VETOED or not any(c.isalpha() for c in surface) or len(surface) < 2


def _supported(candidates: Sequence[Candidate]) -> list[Candidate]:
    """An ambiguous term counts where a second witness takes the same span for a name."""
    witnesses: dict[tuple[int, int], set[str]] = defaultdict(set)
    for c in candidates:
        if c.type is not None or c.by == "definition":
            witnesses[c.start, c.end].add(c.by)
    return [
        replace(c, score=max(c.score, 0.7)) if c.by in LISTED and len(witnesses[c.start, c.end]) > 1 else c
        for c in candidates
    ]


def _agreed(text: str, definition: Definition, candidates: Sequence[Candidate]) -> Definition:
    """The definition with the long name's left border where the learned model sees it: it knows words, the rule only letters.

    A Latin long name still begins with the first letter of its short form, unless it is longer than the letters need.
    """
    start, end = definition.long
    initial = text[definition.short[0]].casefold()
    chinese = has_cjk(text[start:end])
    seen = [
        c
        for c in candidates
        if c.by == "learned"
        and c.score >= _SEEN
        and c.end == end
        and (
            chinese
            or (c.start < start and not _LINKS.search(text, c.start, start))
            or (c.start > start and text[c.start].casefold() == initial)
        )
    ]
    if not seen:
        return definition
    best = max(seen, key=lambda c: (c.score, -c.start)) if chinese else seen[0]
    return replace(definition, long=(best.start, end))


def _merged(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Longer terms made of known terms that touch."""
    parts = sorted((c for c in candidates if c.by in LISTED and c.score >= 0.5), key=lambda c: c.start)
    result: list[Candidate] = []
    for index, first in enumerate(parts):
        end, last = first.end, first
        for count, following in enumerate(parts[index + 1 : index + _MAX_MERGED], start=2):
            if following.start < end or not _GLUE.fullmatch(text[end : following.start]):
                break
            if has_cjk(text[first.start : following.end]) and text[end : following.start]:
                break
            # A name that stands before a term only belongs to a class of things, not to the name.
            if last.type in {"Organization", "Person", "Event", "Dataset", "Benchmark", "Software"}:
                break
            end, last = following.end, following
            if count > 1:
                result.append(Candidate(first.start, end, last.type, 0.75, "terminology"))
    return result


def _elsewhere(text: str, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The other places where a chosen name stands, whole words only."""
    taken = [(c.start, c.end) for c in chosen]
    found: list[Candidate] = []
    by_name: dict[str, Candidate] = {}
    for c in chosen:
        name = text[c.start : c.end]
        if name not in by_name or c.score > by_name[name].score:
            by_name[name] = c
    for name in sorted(by_name, key=lambda n: (-len(n), n)):
        if len(name) < 3 and not has_cjk(name):
            continue
        for start, end in _whole(name, text):
            if not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                found.append(replace(by_name[name], start=start, end=end, fixed=False))
    return found


def _whole(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands with no Latin letter or digit on either side."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if _joins(text[start - 1 : start]) or _joins(text[end : end + 1]):
            end = start + 1
        else:
            yield start, end
        start = text.find(name, end)


def _joins(character: str) -> bool:
    return character.isascii() and character.isalnum()


@Language.factory(
    "paperkg_combine",
    requires=["doc._.candidates", "doc._.definitions"],
    assigns=["doc._.mentions"],
    default_config={"min_score": 0.5},
)
def create_combiner(nlp: Language, name: str, min_score: float) -> Combiner:
    """The component that chooses; ``min_score`` is the lowest score of a mention."""
    return Combiner(min_score)
