"""What the paper does with each thing it names: introduces, uses, studies, or only mentions.

The verbs that authors use of their own work decide ("we present X", "本文提出X"); so does where a name stands, since the topic
opens an abstract and returns. The guideline's order holds: the first of introduces, uses, studies that fits wins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.notes import LISTED, sentence_number, sentence_spans, text_of
from kg.extract.relations import names as names_of
from kg.text import has_cjk
from kg.types import Mention, Role
from kg.vocab import PAPER_PREDICATES

_WE = r"(?:\b[Ww]e|\b[Tt]his (?:paper|work|article|study|report|thesis|survey)|\b[Tt]he (?:paper|authors?|article)|\b[Oo]ur (?:paper|work)|\b[Hh]erein|[Ii]n this (?:paper|work|article|study),?)"
_ADVERBS = r"(?:,? (?:\w+ly|also|then|first|further|here|thus|therefore|next|hence|have|has|are|is|will|aim to|instead|now)\b)*,?"
_ZH_WE = r"(?:我们|本文|本研究|本论文|本工作|该报告|该论文|该研究|本报告|作者|这项工作|此工作|文章|文中)"


@dataclass(frozen=True, slots=True)
class _Cue:
    """A phrase and the role of the mentions within ``reach`` characters after it (before it if ``reach`` is negative)."""

    pattern: re.Pattern[str]
    role: str
    score: float
    reach: int
    stop: re.Pattern[str]
    # Which of the mentions within reach take the role: "first" (and those that "and" joins to it), "all", or "head": Chinese
    # puts what is proposed last ("提出一种基于X的Y"), save for a name ("提出了名为ABC的Y").
    pick: Literal["first", "all", "head"] = "first"


_STOP_EN = re.compile(
    r"[.;:]|\b(?:which|that|where|based on|using|via|by|through|to|for|on|with|from|in which|whose|because|while|than|under|combining|consisting|comprising|against|over|as|into|among)\b"
)
_STOP_LOOSE = re.compile(r"[.;]|\b(?:which|that|where|because|while|whereas|but)\b")
_STOP_ZH = re.compile(r"[。；;，,：:]|用于|以便|以实现|来|通过|使用|旨在|能够|可以")

_CUES: tuple[_Cue, ...] = (
    _Cue(
        re.compile(
            rf"{_WE}{_ADVERBS} (?:present|propose|introduce|develop|describe|design|release|contribute|create|build|construct|publish|provide|devise|formulate|offer|"
            r"establish|derive|put forward|suggest|curate|collect|open-?source|invent|unveil|announce|implement|define)(?:s|es|ed|d)?\b"
        ),
        "introduces", 0.8, 110, _STOP_EN,
    ),
    _Cue(re.compile(r"\b(?:called|named|dubbed|termed|coined|entitled|referred to as|which we (?:call|name|term)|we (?:call|name|term|refer to) (?:it|this \w+|our \w+)?(?: as)?|denoted(?: as| by)?)\b"),
         "introduces", 0.75, 60, _STOP_EN),
    _Cue(re.compile(r"\b(?:is|are) (?:proposed|introduced|presented)\b(?! by)"), "introduces", 0.7, -90, re.compile(r"[.;]")),
    _Cue(re.compile(rf"{_ZH_WE}[^。；]{{0,12}}?(?:提出|介绍|引入|开发|设计|构建|发布|概述|创建|建立|推出|给出|提供|描述)了?(?:一种|一个|一类|一项|一套|新的|新型|名为)?"),
         "introduces", 0.8, 40, _STOP_ZH, pick="head"),
    _Cue(re.compile(r"(?:称之为|称为|命名为|名为|叫做|称作|即所谓)"), "introduces", 0.75, 16, re.compile(r"[。；，,]")),
    _Cue(re.compile(r"(?:提出|介绍|引入)了(?:一种|一个|一类|一项|一套)?(?:新的|新颖的|新型的?)?"), "introduces", 0.65, 40, _STOP_ZH, pick="head"),
    _Cue(re.compile(r"(?:^|[，,]|所)提出的"), "introduces", 0.7, 16, re.compile(r"[。；，,的]")),
    _Cue(
        re.compile(
            rf"(?:{_WE}{_ADVERBS} (?:use|employ|leverage|utili[sz]e|adopt|apply|exploit|evaluate|test|train|fine-?tune|experiment|benchmark|validate|combine|integrate|extend)s?"
            r"|\b(?:using|leveraging|utili[sz]ing|employing|based on|built on|building on|relies on|by means of|combining|trained on|evaluated on|tested on|experiments on|results on|validated on|"
            r"evaluation on|performance on|implemented in|pre-?trained on|fine-?tuned on))\b"
        ),
        "uses", 0.65, 110, _STOP_LOOSE, pick="all",
    ),
    _Cue(re.compile(r"(?:使用|利用|采用|基于|通过|借助|结合)了?"), "uses", 0.6, 30, re.compile(r"[。；，,]|来|以"), pick="all"),
    _Cue(re.compile(r"在[^。；，,]{0,6}"), "uses", 0.55, 40, re.compile(r"[。；，,]|上|中|下|时|期间"), pick="all"),
    _Cue(
        re.compile(
            rf"(?:{_WE}{_ADVERBS} (?:study|investigate|address|consider|tackle|explore|examine|analy[sz]e|focus on|target|survey|review|look at|revisit|discuss|understand|characteri[sz]e)(?:s|es)?"
            r"|\b(?:the (?:problem|task|challenge|issue|field|topic|area)s? of|for the (?:problem|task) of|status quo of|(?:designed|developed|proposed) for|aimed at|(?:examples|cases|evidence|instances) of))\b"
        ),
        "studies", 0.7, 100, _STOP_LOOSE, pick="all",
    ),
    _Cue(re.compile(rf"(?:{_ZH_WE}[^。；]{{0,10}}?(?:研究|考虑|探讨|解决|分析|关注|探索|调查|讨论)了?|的(?:问题|任务)|专门研究了?|针对)"), "studies", 0.7, 40, re.compile(r"[。；]"), pick="all"),
)  # fmt: skip
# A document that reports on a project, in so many words, contributes it: "This paper describes the aims of the ALT project".
_REPORTS = re.compile(
    rf"{_WE}{_ADVERBS} (?:present|introduce|describe|outline|detail|summari[sz]e|report(?: on)?|give an overview of|provide an overview of)(?:s|ed|d)?\b"
    r"(?: (?:the|our|some|first|early|initial|preliminary|main|current))*(?: (?:aims?|goals?|objectives?|work|results|findings|outcomes|status|progress|activities)"
    r"(?: and (?:aims?|goals?|objectives?|work|results|findings|outcomes|status|progress|activities))? (?:of|in|from))?(?: (?:the|our|an?|new|recent|ongoing|[\w-]+-funded))* $"
    rf"|{_ZH_WE}(?:主要|简要|首次|将)?(?:概述|介绍|描述|报告|总结)了?(?:一个|我们的|新的|名为)?$"
)
_PROJECT = re.compile(r"(?:\s*+[)）])?(?: project\b|\s*+(?:研究)?项目)")
# How far back the verb may stand, and a bracket with the project's short name reach.
_REPORT_REACH = 110
_JOINED = re.compile(
    r"\s*+(?:\([^()]*\)|（[^（）]*）)?\s*+(?:,|，|、)?\s*+(?:and|和|与|以及|及)?\s*+(?:an?|the)?\s*+$"
)
_OWN_WORK = re.compile(rf"{_WE}|\b[Oo]ur\b|{_ZH_WE}|\b[Ee]xperiment|\b[Rr]esults|实验|结果")
_TOPICS = frozenset({"Task", "Concept", "Model", "Method", "Benchmark", "Metric"})
_CONTRIBUTABLE = frozenset(
    {"Model", "Method", "Dataset", "Benchmark", "Task", "Concept", "Software", "Metric"}
)
# Characters: what is named this early is what the abstract is about.
_OPENING = 12


@Language.component("paperkg_roles", requires=["doc._.mentions", "doc.sents"], assigns=["doc._.roles"])
def find_roles(doc: Doc) -> Doc:
    """Write one role for each mention; mentions of one name share the first that fits any of them."""
    votes: dict[str, dict[str, Role]] = defaultdict(dict)
    names = names_of(doc)
    for role in (*_cued(doc), *_topical(doc, names)):
        kept = votes[names[role.mention]].get(role.predicate)
        if kept is None or role.score > kept.score:
            votes[names[role.mention]][role.predicate] = role
    roles: list[Role] = []
    for index, mention in enumerate(doc._.mentions):
        chosen = votes.get(names[index], {})
        best = next((chosen[predicate] for predicate in PAPER_PREDICATES if predicate in chosen), None)
        if best is None or best.mention != index:
            start, end = _sentence(doc, mention)
            roles.append(
                Role(
                    "mentions" if best is None else best.predicate,
                    index,
                    mention.score if best is None else best.score * 0.9,
                    start,
                    end,
                )
            )
        else:
            roles.append(best)
    doc._.roles = roles
    return doc


def reported_projects(doc: Doc) -> set[str]:
    """The names (:func:`kg.extract.relations.names`) of the projects that the document says it reports on."""
    text = text_of(doc)
    if "project" not in text and "项目" not in text:
        return set()
    names = names_of(doc)
    begun = {
        names[i]: m
        for i, m in reversed(list(enumerate(doc._.mentions)))
        if m.type in _CONTRIBUTABLE and _REPORTS.search(text[max(0, m.start - _REPORT_REACH) : m.start])
    }
    return {
        names[i]
        for i, m in enumerate(doc._.mentions)
        if names[i] in begun
        and (m is begun[names[i]] or text[begun[names[i]].end : m.start].strip() in {"(", "（"})
        and _PROJECT.match(text, m.end)
    }


def _cued(doc: Doc) -> list[Role]:
    mentions: list[Mention] = doc._.mentions
    found: list[Role] = []
    own_work_began = False
    for start, end in sentence_spans(doc):
        text = text_of(doc)[start:end]
        own_work_began = own_work_began or _OWN_WORK.search(text) is not None
        inside = [(i, m) for i, m in enumerate(mentions) if start <= m.start and m.end <= end]
        for cue in _CUES:
            if cue.role == "uses" and not own_work_began:
                continue
            for match in cue.pattern.finditer(text):
                found += _after(doc, cue, (start, end), start + match.start(), start + match.end(), inside)
    return found


def _after(
    doc: Doc,
    cue: _Cue,
    sentence: tuple[int, int],
    cue_start: int,
    cue_end: int,
    inside: list[tuple[int, Mention]],
) -> list[Role]:
    """The roles of the mentions that a cue at this place speaks of."""
    text = text_of(doc)
    if cue.reach < 0:
        before = [(i, m) for i, m in inside if cue_start + cue.reach <= m.end <= cue_start]
        reached = before[-1:]
    else:
        reached = [(i, m) for i, m in inside if cue_end <= m.start <= cue_end + cue.reach]
    result: list[Role] = []
    position = cue_end
    for index, mention in reached:
        if cue.reach >= 0:
            gap = text[position : mention.start]
            if cue.stop.search(gap):
                break
            if result and cue.pick == "first" and not _JOINED.fullmatch(gap):
                break
        if cue.role != "introduces" or mention.type in _CONTRIBUTABLE:
            result.append(Role(cue.role, index, cue.score, *sentence))
        position = mention.end
    return _head(doc, result) if cue.pick == "head" else result


def _head(doc: Doc, roles: list[Role]) -> list[Role]:
    """Of the things named in a clause that proposes something, the one proposed: a Latin name, else the last new term."""
    names = [r for r in roles if not has_cjk(doc._.mentions[r.mention].text)]
    own = [r for r in names if doc._.mentions[r.mention].by not in LISTED] or [
        r for r in names if any(c.isupper() for c in doc._.mentions[r.mention].text) and r is roles[0]
    ]
    if own:
        return own[:1]
    # What the terminology lists under a Chinese name was there before this paper.
    new = [
        r
        for r in roles
        if has_cjk(doc._.mentions[r.mention].text) and doc._.mentions[r.mention].by not in LISTED
    ]
    return new[-1:]


def _topical(doc: Doc, names: list[str]) -> list[Role]:
    """Topics: what the abstract opens with, what its first sentence names and later ones name again, tasks named twice."""
    sentences = sentence_spans(doc)
    if not sentences:
        return []
    first_start, first_end = sentences[0]
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        counts[name] += 1
    return [
        Role("studies", index, 0.55, *_sentence(doc, mention))
        for index, mention in enumerate(doc._.mentions)
        if mention.type in _TOPICS
        and (
            (mention.start < first_end and counts[names[index]] > 1)
            or mention.start - first_start < _OPENING
            or (mention.type == "Task" and counts[names[index]] > 1)
        )
    ]


def _sentence(doc: Doc, mention: Mention) -> tuple[int, int]:
    sentences = sentence_spans(doc)
    return sentences[sentence_number(sentences, mention.start)]
