"""Small graphs for the view: one like what a handful of abstracts give, one hostile, and rings of any size."""

from __future__ import annotations

import itertools
import random
from urllib.parse import quote

import pyoxigraph

ID = "https://w3id.org/paperkg/id/"
PREFIXES = """
@prefix kg: <https://w3id.org/paperkg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def literal(text: str) -> str:
    """A Turtle literal of any text."""
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def iri(key: str) -> str:
    return f"<{ID}{quote(key, safe='/.-')}>"


class GraphMaker:
    """Writes the graph's own form: facts as plain triples, a claim with its quote for each, reported numbers."""

    def __init__(self) -> None:
        self.lines = [PREFIXES]
        self.claims = 0

    def entity(self, key: str, type_: str, en: str = "", zh: str = "", *alt: str) -> str:
        self.lines.append(f"{iri(key)} a kg:{type_} .")
        for text, tag in ((en, "en"), (zh, "zh-Hans")):
            if text:
                self.lines.append(f"{iri(key)} skos:prefLabel {literal(text)}@{tag} .")
        for text in alt:
            self.lines.append(
                f"{iri(key)} skos:altLabel {literal(text)}@{'en' if text.isascii() else 'zh-Hans'} ."
            )
        return key

    def paper(self, key: str, title: str, abstract: str, year: int | None = None, lang: str = "en") -> str:
        self.lines.append(
            f"{iri(key)} a kg:Paper ; dcterms:abstract {literal(abstract)} ; dcterms:language {literal(lang)} ;"
            f" dcterms:title {literal(title)} ; dcterms:identifier {literal('arXiv:' + key.split('-')[-1])} ."
        )
        if year:
            self.lines.append(f'{iri(key)} dcterms:date "{year}"^^xsd:gYear .')
        self.abstract = abstract
        self.current = key
        return key

    def fact(
        self, s: str, p: str, o: str, words: str, confidence: float = 0.9, polarity: str = "asserted"
    ) -> None:
        """A fact proved by ``words`` of the paper made last."""
        self.claims += 1
        start = self.abstract.index(words)
        end = start + len(words)
        before, after = self.abstract[max(0, start - 32) : start], self.abstract[end : end + 32]
        if polarity == "asserted":
            self.lines.append(f"{iri(s)} kg:{p} {iri(o)} .")
        self.lines.append(
            f"{iri(f'claim/{self.claims}')} a kg:Claim ; rdf:subject {iri(s)} ; rdf:predicate kg:{p} ; rdf:object {iri(o)} ;"
            f' prov:wasDerivedFrom {iri(self.current)} ; kg:confidence "{confidence}"^^xsd:decimal ; kg:polarity "{polarity}" ;'
            f" oa:hasTarget [ a oa:SpecificResource ; oa:hasSource {iri(self.current)} ; oa:hasSelector"
            f" [ a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} ],"
            f" [ a oa:TextQuoteSelector ; oa:exact {literal(words)} ; oa:prefix {literal(before)} ; oa:suffix {literal(after)} ] ] ."
        )

    def number(self, value: str, unit: str, stated: str, of: str | None = None) -> None:
        self.claims += 1
        node = iri(f"measurement/{self.claims}")
        self.lines.append(f"{iri(self.current)} kg:reports {node} .")
        self.lines.append(
            f"{node} a kg:Measurement ; schema:value {value} ; schema:unitText {literal(unit)} ; kg:asStated {literal(stated)} ."
        )
        if of:
            self.lines.append(f"{node} kg:ofEntity {iri(of)} .")

    def store(self, reverse: bool = False) -> pyoxigraph.Store:
        store = pyoxigraph.Store()
        quads = list(pyoxigraph.parse("\n".join(self.lines).encode(), pyoxigraph.RdfFormat.TURTLE))
        for quad in reversed(quads) if reverse else quads:
            store.add(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object))
        return store


def seed_like() -> GraphMaker:
    """Six papers in two languages, with the things, facts, numbers and doubts that a reader would look for."""
    make = GraphMaker()
    names: list[tuple[str, ...]] = [
        (
            "model/bloom",
            "Model",
            "BLOOM",
            "",
            "BigScience Large Open-science Open-access Multilingual Language Model",
        ),
        ("dataset/roots", "Dataset", "ROOTS", "ROOTS 语料库"),
        ("concept/language-model", "Concept", "language model", "语言模型", "LM", "大型语言模型"),
        (
            "method/rlhf",
            "Method",
            "reinforcement learning from human feedback",
            "基于人类反馈的强化学习",
            "RLHF",
        ),
        ("benchmark/big-bench", "Benchmark", "BIG-bench", "", "Beyond the Imitation Game benchmark"),
        ("concept/inverse-scaling", "Concept", "inverse scaling", "逆缩放"),
        ("concept/sycophancy", "Concept", "sycophancy", "谄媚"),
        ("method/transformer", "Method", "Transformer", "变换器"),
        ("method/decoder-only", "Method", "decoder-only Transformer", "仅解码器变换器"),
        ("task/question-answering", "Task", "question answering", "问答"),
        ("task/text-generation", "Task", "text generation", "文本生成"),
        ("metric/accuracy", "Metric", "accuracy", "准确率"),
        ("metric/calibration", "Metric", "calibration", "校准"),
        ("organization/bigscience", "Organization", "BigScience"),
        ("organization/openai", "Organization", "OpenAI"),
        ("model/gpt-3", "Model", "GPT-3"),
        ("model/palm", "Model", "PaLM"),
        ("dataset/oasis-1", "Dataset", "OASIS-1"),
        ("task/brain-segmentation", "Task", "brain segmentation", "脑分割"),
        ("method/maxent-coding", "Method", "maximum entropy coding", "最大熵编码"),
        ("concept/markov-coding-game", "Concept", "Markov coding game", "马尔可夫编码游戏", "MCG"),
        ("concept/ai-risk", "Concept", "risk from advanced AI", "高级AI的灾难性风险"),
        ("software/transformers", "Software", "Hugging Face Transformers"),
        ("event/neurips", "Event", "NeurIPS 2022"),
        ("method/instruction-tuning", "Method", "instruction tuning", "指令微调"),
        ("dataset/winogender", "Dataset", "Winogender"),
        ("task/bias-evaluation", "Task", "bias evaluation", "偏见评估"),
        ("concept/scaling", "Concept", "model scale", "模型规模"),
        ("person/le-scao", "Person", "Teven Le Scao"),
        ("concept/few-shot", "Concept", "few-shot learning", "少样本学习"),
    ]
    for key, type_, en, *rest in names:
        make.entity(key, type_, en, *rest)
    text = (
        "Large language models (LMs) have been shown to perform new tasks from a few demonstrations. We present BLOOM, a 176B-parameter"
        " open-access language model. BLOOM is a decoder-only Transformer language model that was trained on the ROOTS corpus,"
        " a dataset of 46 natural and 13 programming languages. It does well in question answering and text generation, with higher"
        " accuracy after multitask prompted finetuning. BigScience releases it in Hugging Face Transformers."
    )
    p = make.paper(
        "paper/arxiv-2211.05100",
        "BLOOM: A 176B-Parameter Open-Access Multilingual Language Model",
        text,
        2022,
    )
    make.fact(p, "introduces", "model/bloom", "We present BLOOM", 0.98)
    make.fact(p, "studies", "concept/language-model", "Large language models (LMs)", 0.9)
    make.fact(
        "model/bloom",
        "trainedOn",
        "dataset/roots",
        "BLOOM is a decoder-only Transformer language model that was trained on the ROOTS corpus",
        0.97,
    )
    make.fact(
        "model/bloom",
        "kindOf",
        "concept/language-model",
        "BLOOM, a 176B-parameter open-access language model",
        0.95,
    )
    make.fact("model/bloom", "basedOn", "method/decoder-only", "BLOOM is a decoder-only Transformer", 0.93)
    make.fact("method/decoder-only", "kindOf", "method/transformer", "decoder-only Transformer", 0.7)
    make.fact(
        "model/bloom", "evaluatedOn", "task/question-answering", "does well in question answering", 0.71
    )
    make.fact("model/bloom", "usedFor", "task/text-generation", "text generation", 0.66)
    make.fact("model/bloom", "developedBy", "organization/bigscience", "BigScience releases it", 0.8)
    make.fact(
        "model/bloom", "partOf", "software/transformers", "releases it in Hugging Face Transformers", 0.62
    )
    make.fact(p, "uses", "dataset/roots", "the ROOTS corpus", 0.88)
    make.fact(p, "mentions", "metric/accuracy", "higher accuracy", 0.8)
    make.fact(p, "mentions", "concept/few-shot", "from a few demonstrations", 0.55)
    make.fact("organization/bigscience", "exhibits", "person/le-scao", "BigScience", 0.51)
    make.number("176000000000", "parameters", "176B-parameter", "model/bloom")
    make.number("46", "natural languages", "46 natural", "dataset/roots")
    text = (
        "As language models scale, they develop many novel behaviors, good and bad. We generate 154 datasets and discover new cases of"
        ' inverse scaling where LMs get worse with size. Larger LMs repeat back a user\'s preferred answer ("sycophancy"). We also find'
        " inverse scaling in RL from Human Feedback (RLHF), where more RLHF makes LMs worse. We extend Winogender for bias evaluation."
    )
    p = make.paper(
        "paper/arxiv-2212.09251",
        "Discovering Language Model Behaviors with Model-Written Evaluations",
        text,
        2022,
    )
    make.fact(p, "studies", "concept/inverse-scaling", "new cases of inverse scaling", 0.95)
    make.fact(p, "studies", "concept/language-model", "language models", 0.9)
    make.fact(p, "studies", "method/rlhf", "RL from Human Feedback (RLHF)", 0.86)
    make.fact(p, "uses", "dataset/winogender", "We extend Winogender", 0.8)
    make.fact(
        "dataset/winogender", "benchmarkFor", "task/bias-evaluation", "Winogender for bias evaluation", 0.7
    )
    make.fact(
        "method/rlhf",
        "exhibits",
        "concept/inverse-scaling",
        "inverse scaling in RL from Human Feedback (RLHF)",
        0.84,
    )
    make.fact(
        "concept/language-model",
        "exhibits",
        "concept/sycophancy",
        'Larger LMs repeat back a user\'s preferred answer ("sycophancy")',
        0.82,
    )
    make.fact("concept/language-model", "exhibits", "concept/inverse-scaling", "LMs get worse with size", 0.9)
    make.fact(p, "mentions", "concept/scaling", "scale", 0.6)
    make.number("154", "datasets", "154 datasets")
    text = (
        "Language models demonstrate both quantitative improvement and new capabilities with increasing scale. We introduce the Beyond the"
        " Imitation Game benchmark (BIG-bench), which consists of 204 tasks. We evaluate OpenAI's GPT models and PaLM on BIG-bench."
        " Accuracy and calibration both improve with scale, but are poor in absolute terms."
    )
    p = make.paper(
        "paper/arxiv-2206.04615",
        "Beyond the Imitation Game: Quantifying and extrapolating capabilities",
        text,
        2022,
    )
    make.fact(
        p,
        "introduces",
        "benchmark/big-bench",
        "We introduce the Beyond the Imitation Game benchmark (BIG-bench)",
        0.98,
    )
    make.fact(p, "studies", "concept/language-model", "Language models", 0.92)
    make.fact(
        "model/gpt-3",
        "evaluatedOn",
        "benchmark/big-bench",
        "We evaluate OpenAI's GPT models and PaLM on BIG-bench",
        0.85,
    )
    make.fact("model/palm", "evaluatedOn", "benchmark/big-bench", "PaLM on BIG-bench", 0.87)
    make.fact("model/gpt-3", "developedBy", "organization/openai", "OpenAI's GPT models", 0.9)
    make.fact("model/gpt-3", "comparedWith", "model/palm", "GPT models and PaLM", 0.6)
    make.fact(
        "benchmark/big-bench", "benchmarkFor", "concept/language-model", "Language models", 0.5, "hedged"
    )
    make.fact(p, "uses", "metric/accuracy", "Accuracy and calibration both improve", 0.85)
    make.fact(p, "uses", "metric/calibration", "calibration both improve with scale", 0.85)
    make.fact(p, "studies", "concept/scaling", "increasing scale", 0.75)
    make.number("204", "tasks", "204 tasks", "benchmark/big-bench")
    text = "我们研究马尔可夫编码游戏(MCG),并提出最大熵编码方法。实验表明𝒳该方法在语言模型上的准确率提高了12%,但没有使用基于人类反馈的强化学习。"
    p = make.paper("paper/arxiv-2107.08295", "通过最大熵编码传递信息", text, 2021, "zh")
    make.fact(p, "introduces", "method/maxent-coding", "提出最大熵编码方法", 0.9)
    make.fact(p, "studies", "concept/markov-coding-game", "马尔可夫编码游戏(MCG)", 0.93)
    make.fact(
        "method/maxent-coding",
        "usedFor",
        "concept/markov-coding-game",
        "我们研究马尔可夫编码游戏(MCG),并提出最大熵编码方法",
        0.8,
    )
    make.fact(
        "method/maxent-coding", "evaluatedOn", "concept/language-model", "该方法在语言模型上的准确率", 0.72
    )
    make.fact(
        "method/maxent-coding", "basedOn", "method/rlhf", "没有使用基于人类反馈的强化学习", 0.77, "negated"
    )
    make.fact(p, "uses", "metric/accuracy", "准确率提高了12%", 0.8)
    make.number("12", "%", "提高了12%", "method/maxent-coding")
    text = "We segment brains in OASIS-1 scans with a Transformer and report accuracy of 0.87 ± 0.02 for brain segmentation."
    p = make.paper("paper/arxiv-2208.05891", "A probabilistic view of brain segmentation", text, 2020)
    make.fact(p, "studies", "task/brain-segmentation", "for brain segmentation", 0.9)
    make.fact(p, "uses", "dataset/oasis-1", "OASIS-1 scans", 0.91)
    make.fact(p, "uses", "method/transformer", "with a Transformer", 0.9)
    make.fact(
        "method/transformer", "evaluatedOn", "dataset/oasis-1", "in OASIS-1 scans with a Transformer", 0.84
    )
    make.fact(
        "method/transformer",
        "usedFor",
        "task/brain-segmentation",
        "a Transformer and report accuracy of 0.87 ± 0.02 for brain segmentation",
        0.76,
    )
    make.fact(p, "uses", "metric/accuracy", "report accuracy", 0.9)
    text = "本报告概述了高级AI的灾难性风险,并与语言模型、指令微调和NeurIPS 2022研讨会相联系。"
    p = make.paper("paper/arxiv-2206.09360", "建模变革性AI风险", text, 2022, "zh")
    make.fact(p, "studies", "concept/ai-risk", "高级AI的灾难性风险", 0.95)
    make.fact(p, "mentions", "concept/language-model", "语言模型", 0.9)
    make.fact(p, "mentions", "method/instruction-tuning", "指令微调", 0.8)
    make.fact(p, "mentions", "event/neurips", "NeurIPS 2022", 0.8)
    return make


HOSTILE = (
    "</script><script>window.pwned=1</script>",
    '"><img src=x onerror="window.pwned=2">',
    'it\'s "quoted"\nand\r\nbroken\u2028into lines',
    '<a href="javascript:window.pwned=3">href</a>',
    "javascript:window.pwned=4",
    "<!--<script>",
    "{{script}} ${alert(5)} `&lt;b&gt;`",
)


def hostile() -> GraphMaker:
    """Every name, title, abstract, quote, unit and identifier tries to run."""
    make = GraphMaker()
    for i, text in enumerate(HOSTILE):
        make.entity(f"model/h{i}", "Model", text, text, text + "!")
        paper = make.paper(f"paper/p{i}", text, f"We say {text} today.", 2020 + i % 3)
        make.fact(paper, "introduces", f"model/h{i}", text)
        make.fact(f"model/h{i}", "comparedWith", "model/h0", f"say {text}", 0.8)
        make.number("1", text, text, f"model/h{i}")
    return make


def many(count: int, papers: int | None = None) -> GraphMaker:
    """About ``count`` nodes as abstracts give them: a few hubs, many things that one paper names."""
    draw = random.Random(3)
    make = GraphMaker()
    types = ["Concept", "Method", "Model", "Dataset", "Task", "Metric", "Benchmark"]
    papers = papers if papers is not None else count // 5
    things = [f"{types[i % 7].lower()}/t{i}" for i in range(count - papers)]
    for i, key in enumerate(things):
        make.entity(key, types[i % 7], f"{types[i % 7]} number {i}", f"事物{i}")
    for n in range(papers):
        own = sorted({things[min(int(draw.paretovariate(0.55)) - 1, len(things) - 1)] for _ in range(7)})
        own += [things[(n * 4 + k) % len(things)] for k in range(4)]
        text = f"Paper {n} is about " + ", ".join(own) + "."
        paper = make.paper(f"paper/x-{n}", f"Paper number {n}", text, 2015 + n % 9)
        for key in dict.fromkeys(own):
            make.fact(
                paper, draw.choice(["uses", "studies", "mentions"]), key, key, round(draw.uniform(0.5, 1), 2)
            )
        for a, b in itertools.pairwise(own):
            if a != b and draw.random() < 0.5:
                make.fact(
                    a,
                    draw.choice(["usedFor", "basedOn", "evaluatedOn"]),
                    b,
                    f"{a}, {b}",
                    round(draw.uniform(0.5, 1), 2),
                )
    return make
