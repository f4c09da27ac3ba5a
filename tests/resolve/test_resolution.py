"""One node for a thing named in several ways, within a paper, across papers and languages; two nodes for two things of one name."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import document

from kg.errors import UsageError
from kg.resolve import resolve
from kg.settings import ResolveSettings
from kg.text import fold
from kg.types import Document, Extraction, Mention, Outcome, Relation, Resolved, Role


def paper(identifier: str, *names: tuple[str, str], same: tuple[tuple[int, int], ...] = ()) -> Extraction:
    """A paper whose text is these names (text, class); ``same`` are definitions: short form and long form, by place."""
    text = "; ".join(name for name, _ in names)
    mentions, at = [], 0
    for name, kind in names:
        mentions.append(Mention(at, at + len(name), name, kind, 0.9))
        at += len(name) + 2
    relations = tuple(Relation(short, "synonymOf", long, 0.95, 0, len(text)) for short, long in same)
    return Extraction(Document(identifier, text, document(text).lang), tuple(mentions), relations)


def keys(
    *papers: Extraction, curation: str = "", tell: Callable[[Outcome], None] = lambda _outcome: None
) -> dict[str, list[str]]:
    """The node of each mention, paper by paper."""
    resolved = resolve(papers, ResolveSettings(curation=curation), tell=tell)
    return {item.extraction.document.id: [link.entity.key for link in item.links] for item in resolved}


@pytest.fixture
def table(tmp_path):
    """Writes a curation table of these rows and gives its path."""

    def write(*rows: str, header: str = "subject_label\tpredicate_id\tobject_label") -> str:
        path = tmp_path / "curation.tsv"
        path.write_text("\n".join(["# by hand", header, *rows]) + "\n", encoding="utf-8")
        return str(path)

    return write


class TestOneNode:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("FooNet", "FOONET"),
            ("Foo-Net model", "foo net models"),
            ("frobnication strategy", "Frobnication Strategies"),
            ("ＦｏｏＮｅｔ", "FooNet"),
        ],
    )
    def test_for_spellings_that_fold_together(self, one, other):
        found = keys(paper("a", (one, "Method")), paper("b", (other, "Method")))
        assert found["a"] == found["b"]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("hyperfrobnication", "hyper-frobnications"),
            ("hyperfrobnication", "hyperfrobnica- tion"),
            ("gleam frobnicisation", "gleam frobnicization"),
            ("frobnication behaviours", "frobnication behavior"),
            ("labelled frobs", "labeled frobs"),
            ("Frob-5", "Frob5"),
            ("frobnication-based approaches", "frobnication-based method"),
            ("frobnication capability", "frobnication abilities"),
            ("hyper-parameter", "hyperparameters"),  # the terminology has one of the two
        ],
    )
    def test_for_names_of_the_same_letters(self, one, other):
        papers = [paper("a", (one, "Concept")), paper("b", (other, "Method")), paper("c", (one, "Concept"))]
        found = keys(*papers)
        assert found["a"] == found["b"] == found["c"]
        assert keys(*papers[::-1]) == found

    def test_for_a_name_with_latex_in_it_and_the_plain_one(self):
        papers = [
            paper("a", ("F}rob-\\textbf{N}et with $\\ell_1$", "Method")),
            paper("b", ("Frob-Net with $\\ell_1$", "Method")),
            paper("c", ("Frob-Net with L1", "Method")),
        ]
        one, other, plain = resolve(papers)
        assert one.links[0].entity == other.links[0].entity == plain.links[0].entity
        assert one.links[0].entity.labels[0].text == "Frob-Net with ℓ₁"

    def test_for_a_word_that_a_line_broke_and_the_whole_one_names_it(self):
        (item,) = resolve(
            [
                paper(
                    "a",
                    ("frobnica- tion", "Concept"),
                    ("frobnica- tion", "Concept"),
                    ("frobnication", "Concept"),
                )
            ]
        )
        labels = {(label.text, label.kind) for label in item.links[0].entity.labels}
        assert labels == {("frobnication", "pref"), ("frobnica- tion", "hidden")}
        assert item.links[0].entity.key == "concept/frobnication"

    def test_for_an_ordinary_word_that_a_text_names_as_what_it_is_as_a_term(self):
        found = keys(
            paper("a", ("agents", "Concept")),
            paper("b", ("智能体", "Concept")),
            paper("c", ("decision making", "Task")),
            paper("d", ("决策", "Task")),
        )
        assert found["a"] == found["b"]
        assert found["c"] == found["d"]

    def test_but_not_for_a_word_of_another_class_or_case_or_one_that_the_paper_claims(self):
        listed = keys(paper("a", ("智能体", "Concept")))["a"]
        own = replace(paper("a", ("agents", "Concept")), roles=(Role("introduces", 0, 0.9, 0, 6),))
        assert keys(own)["a"] != listed
        assert keys(paper("a", ("AGENT", "Concept")))["a"] != listed
        assert keys(paper("a", ("agents", "Person")))["a"] != listed

    def test_for_a_chinese_name_and_of_two_that_it_translates_the_one_in_its_order(self):
        found = keys(
            paper("a", ("specific theory knowledge", "Concept"), ("theory specific knowledge", "Concept")),
            paper("b", ("理论特定知识", "Concept"), ("特定理论知识", "Concept")),
        )
        assert found["b"] == found["a"][::-1]

    @pytest.mark.parametrize(
        ("english", "chinese"),
        [
            ("language model", "语言模型"),
            ("artificial intelligence", "人工智能"),
            ("BIG-bench", "超越模仿游戏基准"),
        ],
    )
    def test_across_languages_through_the_terminology(self, english, chinese):
        found = keys(paper("a", (english, "Model")), paper("b", (chinese, "Concept")))
        assert found["a"] == found["b"]

    def test_for_both_names_of_a_definition(self):
        found = keys(paper("a", ("Frobnicated Gleam Pruning", "Method"), ("FGP", "Method"), same=((1, 0),)))
        assert len(set(found["a"])) == 1

    @pytest.mark.parametrize(
        ("bracketed", "long", "short"),
        [
            ("Vision-Language-Action (VLA) models", "vision-language-action model", "VLA models"),
            (
                "frobnicated gleam model (FGM)-based agents",
                "frobnicated gleam model-based agent",
                "FGM-based agents",
            ),
            ("卷积神经网络(CNN)模块", "卷积神经网络模块", "CNN模块"),
            ("Large Language Model (LLM) agents", "large language model agent", "LLM agent"),
        ],
    )
    def test_for_a_name_that_defines_a_short_form_inside(self, bracketed, long, short):
        papers = [
            paper("a", (bracketed, "Model"), (short, "Model")),
            paper("b", (long, "Model")),
            paper("c", (short, "Model")),
        ]
        found = [link.entity for resolved in resolve(papers) for link in resolved.links]
        assert len({entity.key for entity in found}) == 1
        spellings = {label.text for label in found[0].labels}
        assert {long, short} <= spellings
        assert bracketed not in spellings

    @pytest.mark.parametrize(
        ("short", "form"), [("FGPN", "FGPN"), ("FGPN", "FGPNs"), ("FrogPN", "FROGPN"), ("Frogp", "Frogp")]
    )
    def test_for_an_undefined_short_form_that_another_paper_defines(self, short, form):
        defining = paper("a", ("Frobnicated Gleam Pruning Net", "Method"), (short, "Method"), same=((1, 0),))
        found = keys(defining, paper("b", (form, "Method")))
        assert found["b"] == found["a"][:1]

    def test_for_a_very_short_form_that_two_papers_define_alike(self):
        defining = [
            paper(name, ("Frobnicated Gleam Pruning", "Method"), ("FGP", "Method"), same=((1, 0),))
            for name in "ab"
        ]
        found = keys(*defining, paper("c", ("FGP", "Method")))
        assert found["c"] == found["a"][:1] == found["b"][:1]
        alone = keys(defining[0], paper("c", ("FGP", "Method")))
        assert alone["c"] != alone["a"][:1], "so short a form is coined again and again"

    def test_of_machine_translated_and_original_name_in_one_paper(self):
        found = keys(paper("a", ("模因", "Method"), ("Meme", "Method")))
        assert len(set(found["a"])) == 1

    def test_with_labels_in_both_languages(self):
        (item,) = resolve(
            [paper("a", ("Frobnicated Gleam Pruning", "Method"), ("弗罗剪枝", "Method"), same=((0, 1),))]
        )
        labels = {(label.text, label.lang, label.kind) for label in item.links[0].entity.labels}
        assert labels == {("Frobnicated Gleam Pruning", "en", "pref"), ("弗罗剪枝", "zh-Hans", "pref")}

    @pytest.mark.parametrize(
        ("name", "preferred"),
        [("自然语言提示", {"prompting", "提示"}), ("political polarization", {"polarization", "两极分化"})],
    )
    def test_under_the_preferred_names_of_its_concept_though_they_are_ambiguous(self, name, preferred):
        (item,) = resolve([paper("a", (name, "Concept"))])
        labels = item.links[0].entity.labels
        assert {label.text for label in labels if label.kind == "pref"} == preferred
        assert "分化" not in {label.text for label in labels}, "an ambiguous alternative is no name of it"


class TestTwoNodes:
    @pytest.mark.parametrize(
        ("one", "other"), [("a t", "at"), ("fro b", "frob"), ("frobs in gleam", "frobs gleam")]
    )
    def test_for_short_names_and_for_other_words(self, one, other):
        found = keys(paper("a", (one, "Concept")), paper("b", (other, "Concept")))
        assert found["a"] != found["b"]

    @pytest.mark.parametrize(
        "name",
        ["SE(3) transformations", "retinal optical coherence tomography (OCT) images", "f(x) networks"],
    )
    def test_for_a_bracket_that_is_part_of_the_name(self, name):
        assert [
            link.entity.labels[0].text for link in next(resolve([paper("a", (name, "Concept"))])).links
        ] == [name]

    def test_for_a_short_form_that_two_papers_define_differently(self):
        found = keys(
            paper("a", ("Frobnicated Gleam Pruning", "Method"), ("FGP", "Method"), same=((1, 0),)),
            paper("b", ("Flat Gate Planning", "Method"), ("FGP", "Method"), same=((1, 0),)),
            paper("c", ("FGP", "Method")),
        )
        assert found["a"][0] != found["b"][0]
        assert found["c"][0] not in {found["a"][0], found["b"][0]}, "left undefined, it is neither"

    @pytest.mark.parametrize(
        ("short", "form"), [("FROG", "frog"), ("FROG", "Frogs"), ("FROG", "FROGS"), ("FroG", "Frog")]
    )
    def test_for_a_short_form_and_a_word_of_its_letters(self, short, form):
        defining = paper("a", ("Frobnicated Relay Of Gleams", "Method"), (short, "Method"), same=((1, 0),))
        found = keys(defining, paper("b", (form, "Method")))
        assert found["b"] != found["a"][:1]

    def test_for_a_short_form_that_two_papers_claim_as_their_own(self):
        defining = paper("a", ("Frobnicated Relay Of Gleams", "Method"), ("FROG", "Method"), same=((1, 0),))
        other = paper("b", ("FROG", "Method"))
        assert keys(defining, other)["b"] == keys(defining, other)["a"][:1]
        claimed = replace(other, roles=(Role("introduces", 0, 0.9, 0, 4),))
        found = keys(defining, claimed)
        assert found["b"] != found["a"][:1]
        # A paper read in two languages claims one thing twice.
        translation = Extraction(
            replace(other.document, text="FROG 是我们的方法", lang="zh"), other.mentions, roles=claimed.roles
        )
        found = keys(defining, translation)
        assert found["b"] == found["a"][:1]

    def test_for_homographs_of_different_groups(self):
        found = keys(paper("a", ("Orchid", "Organization")), paper("b", ("Orchid", "Dataset")))
        assert found["a"] == ["organization/orchid"]
        assert found["b"] == ["dataset/orchid"]

    def test_but_one_for_readings_of_one_group(self):
        found = keys(paper("a", ("frob extraction", "Task")), paper("b", ("frob extraction", "Method")))
        assert found["a"] == found["b"]

    def test_when_two_names_of_one_class_make_one_slug(self):
        found = keys(paper("a", ("C*-frob", "Method")), paper("b", ("C-frob", "Method")))
        assert fold("C*-frob") != fold("C-frob")
        assert found["a"] != found["b"]
        assert all(key.startswith("method/c-frob-") for (key,) in found.values()), (
            "each carries a digest of its own name"
        )


class TestAnIriOfTheTerminology:
    TERMS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix kg: <https://w3id.org/paperkg/ontology#> .
    <https://e.org/Q1> a skos:Concept ; kg:termType kg:Method ; skos:prefLabel "弗罗布法"@zh-Hans ;
        skos:altLabel "frobbing"@en , "method of frobs"@en ."""

    def test_is_the_same_whatever_a_paper_calls_the_thing(self, tmp_path):
        (tmp_path / "terms.ttl").write_text(self.TERMS, encoding="utf-8")
        names = ("frobbing", "method of frobs", "弗罗布法")
        papers = [paper(str(n), (name, "Method")) for n, name in enumerate(names)]
        for some in (papers, *([one] for one in papers)):
            found = [item.links[0].entity for item in resolve(some, terms=(str(tmp_path / "terms.ttl"),))]
            assert {entity.key for entity in found} == {"method/弗罗布法"}

    def test_is_the_same_beside_another_thing_of_its_slug(self):
        alone = keys(paper("a", ("multi-task learning", "Method")))["a"]
        found = keys(
            paper("a", ("multi-task learning", "Method")), paper("b", ("multi*-task learning", "Method"))
        )
        assert found["a"] == alone == ["method/multi-task-learning"]
        assert found["b"][0].startswith("method/multi-task-learning-")


class TestCuration:
    """What people said by hand wins."""

    def test_same(self, table):
        papers = paper("a", ("FooNet", "Method")), paper("b", ("BarNet", "Method"))
        assert keys(*papers)["a"] != keys(*papers)["b"]
        found = keys(*papers, curation=table("FooNet\tskos:exactMatch\tBarNet"))
        assert found["a"] == found["b"]

    def test_different(self, table):
        defined = paper("a", ("Frobnicated Gleam Pruning", "Method"), ("FGP", "Method"), same=((1, 0),))
        assert len(set(keys(defined)["a"])) == 1
        curation = table("FGP\towl:differentFrom\tFrobnicated Gleam Pruning")
        assert len(set(keys(defined, curation=curation)["a"])) == 2

    def test_same_joins_a_name_to_one_that_the_terminology_knows(self, table):
        papers = paper("a", ("language model", "Model")), paper("b", ("FooNet", "Method"))
        found = keys(*papers, curation=table("FooNet\tskos:exactMatch\tlanguage model"))
        assert found["a"] == found["b"] == ["model/language-model"]

    def test_same_joins_two_names_that_the_terminology_knows(self, table):
        papers = paper("a", ("language model", "Model")), paper("b", ("artificial intelligence", "Concept"))
        assert keys(*papers)["a"] != keys(*papers)["b"]
        curation = table("语言模型\tskos:exactMatch\tartificial intelligence")
        found = keys(*papers, curation=curation)
        assert found["a"] == found["b"]
        (one, _) = resolve(papers, ResolveSettings(curation=curation))
        assert {"language model", "语言模型", "artificial intelligence", "人工智能"} <= {
            label.text for label in one.links[0].entity.labels
        }

    def test_same_joins_things_of_different_groups_and_leaves_a_homograph(self, table):
        papers = (
            paper("a", ("Orchid", "Organization")),
            paper("b", ("Orchid", "Dataset")),
            paper("c", ("Orchid", "Organization")),
            paper("d", ("Orchid Inc", "Model")),
        )
        found = keys(*papers, curation=table("Orchid\tskos:exactMatch\tOrchid Inc"))
        assert found["a"] == found["c"] == found["d"]
        assert found["b"] == ["dataset/orchid"]

    def test_different_parts_two_names_of_one_concept(self, table):
        papers = paper("a", ("language model", "Model")), paper("b", ("语言模型", "Model"))
        curation = table("language model\towl:differentFrom\t语言模型")
        found = keys(*papers, curation=curation)
        assert found["a"] == ["model/language-model"], (
            "English, first of the preferred names, keeps the concept"
        )
        assert found["b"] == ["model/语言模型"]
        kept, left = resolve(papers, ResolveSettings(curation=curation))
        assert "语言模型" not in {label.text for label in kept.links[0].entity.labels}
        assert [label.text for label in left.links[0].entity.labels] == ["语言模型"]

    @pytest.mark.parametrize(
        ("one", "other"), [("hyper-frobnication", "hyperfrobnication"), ("hyper-parameter", "hyperparameter")]
    )
    def test_different_parts_names_of_the_same_letters(self, table, one, other):
        papers = [paper("a", (one, "Concept")), paper("b", (other, "Concept"))]
        assert len({*keys(*papers)["a"], *keys(*papers)["b"]}) == 1
        path = table(f"{one}\towl:differentFrom\t{other}")
        found = keys(*papers, curation=path)
        assert found["a"] != found["b"]
        assert keys(papers[0], curation=path)["a"] == found["a"]

    def test_different_parts_names_that_a_third_would_join(self, table):
        defined = paper(
            "a",
            ("FGP", "Method"),
            ("Frob Gleam Pruning", "Method"),
            ("Frob Pruning", "Method"),
            same=((0, 1), (0, 2)),
        )
        found = keys(defined, curation=table("Frob Gleam Pruning\towl:differentFrom\tFrob Pruning"))["a"]
        assert found[1] != found[2]

    def test_different_keeps_a_short_form_from_what_other_papers_define(self, table):
        papers = (
            paper("a", ("language model", "Model"), ("FLM", "Model"), same=((1, 0),)),
            paper("b", ("FLM", "Model")),
        )
        assert keys(*papers)["b"] == ["model/language-model"]
        found = keys(*papers, curation=table("FLM\towl:differentFrom\tlanguage model"))
        assert found["b"] != found["a"][:1]

    def test_each_row_is_told_with_its_line_and_why_it_changed_nothing(self, table):
        papers = paper("a", ("FooNet", "Method")), paper("b", ("BarNet", "Method"), ("BazNet", "Method"))
        told: list[Outcome] = []
        path = table(
            "FooNet\tskos:exactMatch\tBarNet",
            "BarNet\tskos:exactMatch\tBazNet",
            "FooNet\towl:differentFrom\tBazNet",
            "FooNet\tskos:exactMatch\tNoNet",
            "FooNet\tskos:related\tBarNet",
            "FooNet\tskos:exactMatch\tFOONETS",
            "FooNet\towl:differentFrom\tNoNet",
            "FooNet\tskos:exactMatch\t",
        )
        found = keys(*papers, curation=path, tell=told.append)
        assert found["a"] == found["b"][:1]
        assert found["b"][0] != found["b"][1]
        whys = {outcome.source.line: outcome.why for outcome in told}
        assert whys == {
            3: "",
            4: f"{path}:5 keeps apart what it would join",
            5: "",
            6: f"{path}:9 says otherwise, later",
            7: "needs subject_label, predicate_id (skos:exactMatch or owl:differentFrom) and object_label",
            8: "both are spellings of one name",
            9: "no paper names nonet",
            10: whys[7],
        }

    def test_a_table_without_its_columns_is_told_and_not_read(self, table):
        told: list[Outcome] = []
        keys(paper("a", ("x", "Method")), curation=table("a\tb", header="one\ttwo"), tell=told.append)
        assert [(o.source.line, o.why.partition(";")[0]) for o in told] == [
            (2, "the table has no column subject_label, predicate_id, object_label")
        ]

    def test_a_deleted_line_leaves_no_trace(self, table):
        papers = paper("a", ("FooNet", "Method")), paper("b", ("BarNet", "Method"))
        assert keys(*papers, curation=table()) == keys(*papers)

    def test_a_missing_table_is_wrong_usage(self):
        with pytest.raises(UsageError, match="cannot be read"):
            keys(paper("a", ("x", "Method")), curation="/nowhere/table.tsv")


class TestTwoLanguages:
    """Names that no terminology lists: what translators put for their words, and parallel texts, tell which are one."""

    @pytest.mark.parametrize(
        ("english", "chinese"),
        [
            ("compressed policy features", "压缩策略特征"),
            ("robustness of entropy", "熵的鲁棒性"),
            ("BOLD entropy", "BOLD熵"),
        ],
    )
    def test_a_name_meets_its_translation(self, english, chinese):
        found = keys(paper("a", (english, "Concept")), paper("b", (chinese, "Concept")))
        assert found["a"] == found["b"]

    @pytest.mark.parametrize("chinese", ["压缩策略", "压缩策略特征空间", "压缩策略梯度"])
    def test_but_not_a_name_of_more_or_fewer_or_other_words(self, chinese):
        found = keys(paper("a", ("compressed policy features", "Concept")), paper("b", (chinese, "Concept")))
        assert found["a"] != found["b"]

    def test_a_name_that_translates_nothing_keeps_its_own(self):
        (node,) = keys(paper("b", ("魑魅魍魉", "Concept")))["b"]
        assert node == "concept/魑魅魍魉"

    def test_hands_keep_a_name_from_its_translation(self, table):
        papers = (
            paper("a", ("compressed policy features", "Concept")),
            paper("b", ("压缩策略特征", "Concept")),
        )
        apart = table("compressed policy features\towl:differentFrom\t压缩策略特征")
        found = keys(*papers, curation=apart)
        assert found["a"] != found["b"]

    NAMED = ("FooNet", "BarNet", "QuuxNet", "ZapNet")

    def both(self, chinese_order: Callable[[tuple[str, ...]], tuple[str, ...]]) -> dict[str, list[str]]:
        """An English paper that names four things and 'oblique codes'; a Chinese one that names the four in some order and 斜编码."""
        english = (*self.NAMED, "oblique codes", "and much more that only this one names")
        chinese = (
            *chinese_order(self.NAMED),
            "斜编码",
            "而且只有这一篇还提到了很多很多其他的东西，这些东西在另一篇里一个字也没有，以及诸如此类",
        )
        return keys(
            paper("a", *((name, "Method") for name in english)),
            paper("b", *((name, "Method") for name in chinese)),
        )

    def test_half_a_translation_is_enough_where_two_texts_are_one(self):
        found = self.both(lambda named: named)
        assert found["a"][4] == found["b"][4]

    def test_and_not_where_they_only_name_the_same_things(self):
        found = self.both(lambda named: named[::-1])
        assert found["a"][4] != found["b"][4]


NAMES = [
    "FooNet", "foonet", "FGP", "FGPs", "Frobnicated Gleam Pruning", "Flat Gate Planning", "language model", "语言模型", "Orchid", "orchids", "C*-frob", "C-frob",
    "Meme", "模因", "RLHF", "reinforcement learning from human feedback",
]  # fmt: skip
names = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(["Method", "Model", "Task", "Dataset", "Organization"])
)


@st.composite
def corpora(draw: st.DrawFn) -> list[Extraction]:
    papers = []
    for number in range(draw(st.integers(1, 5))):
        chosen = draw(st.lists(names, min_size=1, max_size=5))
        places = range(len(chosen))
        pairs = draw(st.lists(st.tuples(st.sampled_from(places), st.sampled_from(places)), max_size=2))
        papers.append(paper(f"p{number}", *chosen, same=tuple((a, b) for a, b in pairs if a != b)))
    return papers


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_the_papers_does_not_matter(papers: list[Extraction], chance: random.Random):
    shuffled = papers[:]
    chance.shuffle(shuffled)
    assert list(resolve(papers)) == list(resolve(shuffled))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpora())
def test_every_mention_has_one_node_and_every_node_one_key(papers: list[Extraction]):
    resolved: list[Resolved] = list(resolve(papers))
    entities = {}
    for item in resolved:
        assert [link.mention for link in item.links] == list(range(len(item.extraction.mentions)))
        for link in item.links:
            assert entities.setdefault(link.entity.key, link.entity) == link.entity
            counts = Counter(label.lang for label in link.entity.labels if label.kind == "pref")
            assert set(counts.values()) == {1}, "one preferred name a language"
            assert link.reason
