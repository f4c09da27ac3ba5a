"""Two resolved papers, built by hand: the same little story in English and in Chinese."""

from __future__ import annotations

from decimal import Decimal

from kg.types import (
    Document,
    Entity,
    Extraction,
    Label,
    Link,
    Measurement,
    Mention,
    Polarity,
    Relation,
    Resolved,
    Role,
)

BLOOM = Entity("model/bloom", "Model", (Label("BLOOM", "en", "pref"), Label("Bloom", "en", "hidden")))
ROOTS = Entity(
    "dataset/roots", "Dataset", (Label("ROOTS", "en", "pref"), Label("ROOTS 语料库", "zh-Hans", "pref"))
)
SCALING = Entity(
    "concept/inverse-scaling",
    "Concept",
    (
        Label("inverse scaling", "en", "pref"),
        Label("逆缩放", "zh-Hans", "pref"),
        Label("反向缩放", "zh-Hans", "alt"),
    ),
    concept="https://w3id.org/paperkg/id/term/inverse-scaling",
)
BLEU = Entity("metric/bleu", "Metric", (Label("BLEU", "en", "pref"),))

ENGLISH = (
    "We present BLOOM, a 176B-parameter model trained on ROOTS. BLOOM reaches a BLEU of 28.4 ± 0.3. "
    "It may exhibit inverse scaling."
)
CHINESE = "我们提出 BLOOM😀,在 ROOTS 语料库上训练。"


def mention(text: str, name: str, type_: str, nth: int = 0, score: float = 0.9) -> Mention:
    """The ``nth`` place where the text has this name."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return Mention(start, start + len(name), name, type_, score)


def around(text: str, words: str) -> tuple[int, int]:
    """Where the words stand."""
    start = text.index(words)
    return start, start + len(words)


def english(polarity: Polarity = "hedged") -> Resolved:
    """A paper with metadata, a repeated name, a role, a fact, a hedged relation and two measurements."""
    document = Document(
        id="arXiv:2211.05100",
        text=ENGLISH,
        lang="en",
        title="BLOOM: a model",
        authors=("Teven Le Scao", "Angela Fan"),
        date="2022-11",
        venue="arXiv",
        links=("https://example.org/bloom", "javascript:alert(1)", "https://bad host/"),
        identifiers=("arXiv:2211.05100", "doi:10.48550/arXiv.2211.05100"),
    )
    sentence = around(ENGLISH, "We present BLOOM, a 176B-parameter model trained on ROOTS.")
    mentions = (
        mention(ENGLISH, "BLOOM", "Model"),
        mention(ENGLISH, "ROOTS", "Dataset", score=0.8),
        mention(ENGLISH, "BLOOM", "Model", nth=1, score=0.97),
        mention(ENGLISH, "BLEU", "Metric"),
        mention(ENGLISH, "inverse scaling", "Concept"),
    )
    return Resolved(
        Extraction(
            document,
            mentions,
            relations=(
                Relation(0, "trainedOn", 1, 0.93, *sentence),
                Relation(
                    2, "exhibits", 4, 0.6, *around(ENGLISH, "It may exhibit inverse scaling."), polarity
                ),
                # Two names of one thing: no relation of the thing to itself.
                Relation(0, "synonymOf", 2, 0.9, *sentence),
            ),
            roles=(
                Role("studies", 2, 0.5, *around(ENGLISH, "BLOOM reaches")),
                Role("introduces", 0, 0.88, *around(ENGLISH, "We present BLOOM")),
                Role("mentions", 4, 0.7, *around(ENGLISH, "inverse scaling")),
            ),
            measurements=(
                Measurement(
                    *around(ENGLISH, "176B-parameter"),
                    "176B-parameter",
                    Decimal("1.76E+11"),
                    "parameters",
                    0.9,
                    of=0,
                ),
                Measurement(
                    *around(ENGLISH, "BLEU of 28.4 ± 0.3"),
                    "BLEU of 28.4 ± 0.3",
                    Decimal("28.40"),
                    "",
                    0.8,
                    of=2,
                    metric=3,
                    uncertainty=Decimal("0.3"),
                ),
            ),
        ),
        tuple(Link(i, e, "label") for i, e in enumerate((BLOOM, ROOTS, BLOOM, BLEU, SCALING))),
    )


def chinese() -> Resolved:
    """A paper without title or given identifier, with a character outside the basic plane before the evidence."""
    mentions = (mention(CHINESE, "BLOOM", "Model"), mention(CHINESE, "ROOTS 语料库", "Dataset"))
    sentence = (0, len(CHINESE))
    return Resolved(
        Extraction(
            Document(id="sha256-0a1b2c", text=CHINESE, lang="zh", given_id=False, authors=("Angela Fan",)),
            mentions,
            relations=(Relation(0, "trainedOn", 1, 0.71234, *sentence),),
        ),
        (Link(0, BLOOM, "label"), Link(1, ROOTS, "label")),
    )
