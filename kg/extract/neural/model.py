"""The learned extractor: a text in, mentions with types and roles and relations between them out, each with a score.

    model = NeuralModel.load()
    reading = model.read("We present BLOOM, a language model trained on ROOTS.")
    model.mentions(reading)                     # what the network finds by itself
    model.link(reading, [(11, 16), (46, 51)])   # roles and relations of any spans, found here or by rules

:meth:`NeuralModel.predict` does both in one go. Every text is read by itself, never padded beside others: the integer
arithmetic scales activations by what is in a batch, so a batch would make the result depend on a text's neighbours.
One thread; the same text and weights give the same result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from kg.extract.neural.decode import Floats, propose, select
from kg.extract.neural.labels import OWN, Labels, calibrate, labels_path
from kg.extract.neural.links import candidates, index, same_entity
from kg.extract.neural.pieces import Ints, Pieces, PieceTokenizer, encode
from kg.extract.neural.reading import Links, NeuralMention, NeuralRelation, Pairs, Prediction, Reading, View
from kg.text import script_lang

WEIGHTS = Path(__file__).parent / "weights"
#: A span less probable than this is not even proposed.
PROPOSED = 0.05


class NeuralModel:
    """The network with its tokenizer and labels. Make one with :meth:`load`; it may be used by one thread at a time."""

    def __init__(self, folder: Path, scheme: str = OWN) -> None:
        self.scheme = scheme
        self.labels = Labels.read(labels_path(folder, scheme))
        self.tokenizer = PieceTokenizer.read(folder)
        self._encoder, self._spans, self._links = (
            session(folder / f"{name}.onnx") for name in ("encoder", "spans", "links")
        )
        self._asked = {i.name for i in self._links.get_inputs()}
        self._edge_names = [o.name for o in self._encoder.get_outputs()][1:]

    @classmethod
    def load(cls, path: Path | None = None, scheme: str = OWN) -> NeuralModel:
        """The model in folder ``path``, or the one that ships. ``scheme`` picks the heads (:mod:`kg.extract.schemes`)."""
        return cls(path or WEIGHTS, scheme)

    def predict(
        self, texts: Sequence[str], extra_spans: Sequence[Sequence[tuple[int, int, str]]] | None = None
    ) -> list[Prediction]:
        """Mentions and relations of each text.

        Args:
            texts: any number of texts of any length.
            extra_spans: for each text, spans (start, end, type) that are mentions whatever the network thinks; they
                displace found ones that they overlap, keep their type, and get a score, roles and relations like those.
        """
        extra = extra_spans or [()] * len(texts)
        return [self._predict(text, spans) for text, spans in zip(texts, extra, strict=True)]

    def _predict(self, text: str, extra: Sequence[tuple[int, int, str]]) -> Prediction:
        reading = self.read(text)
        forced = {(a, b): kind for a, b, kind in extra}
        mentions = [
            NeuralMention(m.start, m.end, forced.get((m.start, m.end), m.type), m.score)
            for m in self.mentions(reading, list(forced))
        ]
        links = self.link(reading, [(m.start, m.end) for m in mentions])
        return Prediction(
            tuple(
                NeuralMention(m.start, m.end, m.type, m.score, roles)
                for m, roles in zip(mentions, links.roles, strict=True)
            ),
            tuple(self._stated(reading.text, links.pairs, [m.type for m in mentions])),
        )

    def read(self, text: str) -> Reading:
        """Run the encoder over a text and note every span that may name something, overlapping and improbable ones included."""
        lang = self._language(text)
        views: list[View] = []
        proposals: list[NeuralMention] = []
        for pieces in encode(self.tokenizer, text):
            outs = self._encoder.run(
                None,
                {
                    "ids": pieces.ids[None],
                    "shapes": pieces.shapes[None],
                    "mask": np.ones_like(pieces.ids)[None],
                },
            )
            edges = dict(zip(self._edge_names, outs[1:], strict=True))
            chance = 1 / (1 + np.exp(-edges[f"edges_{self.scheme}"][0]))
            view = View(lang, pieces, outs[0], edges, propose(chance[:, 0], chance[:, 1], pieces), {}, {})
            views.append(view)
            proposals += self._proposals(view)
        return Reading(text, tuple(views), tuple(proposals))

    def _proposals(self, view: View) -> Iterator[NeuralMention]:
        """The spans of a window that are not all too improbable."""
        logits = self._looked(view, view.spans)
        start, end = view.pieces.start, view.pieces.end
        best = logits[:, 1:].argmax(1).tolist()
        for (i, j), score, kind in zip(view.spans, self._named(view, logits).tolist(), best, strict=True):
            if score >= PROPOSED:
                yield NeuralMention(int(start[i]), int(end[j]), self.labels.types[kind], score)

    def mentions(self, reading: Reading, forced: Sequence[tuple[int, int]] = ()) -> tuple[NeuralMention, ...]:
        """What the network takes for mentions, by position, none crossing another; ``forced`` spans (code points) are among them.

        All mentions of one entity have the type that they agree on best.
        """
        found: list[tuple[int, int, Floats, float]] = []
        for view in reading.views:
            exact = {s: f for f, s in zip(forced, locate(view.pieces, forced), strict=True) if s}
            spans = [*exact, *(s for s in view.spans if s not in exact)]
            logits = self._looked(view, spans)
            scores = self._named(view, logits)
            rank = scores.copy()
            rank[: len(exact)] += 1  # a forced span stands before any other
            for k in select(spans, rank, self.labels.thresholds[view.lang]["mention"]):
                i, j = spans[k]
                start, end = exact.get((i, j), (int(view.pieces.start[i]), int(view.pieces.end[j])))
                found.append((start, end, logits[k, 1:], float(scores[k])))
        return self._typed(reading.text, found)

    def _named(self, view: View, logits: Floats) -> Floats:
        """How probable it is that spans with such logits name something."""
        return self._calibrated(view.lang, "mention", 1 - softmax(logits)[:, 0])

    def _looked(self, view: View, spans: Sequence[tuple[int, int]]) -> Floats:
        """Logits of the types of spans (0 is no mention); spans that were not looked at yet are now."""
        if unseen := [s for s in spans if s not in view.types]:
            self._look(view, unseen)
        return np.asarray([view.types[s] for s in spans], np.float32).reshape(-1, 1 + len(self.labels.types))

    def _look(self, view: View, spans: list[tuple[int, int]]) -> None:
        """Note the vectors of spans, and the logits of their types, in the view."""
        place = np.asarray(spans, np.int64)
        feed = {
            "hidden": view.hidden,
            "row": np.zeros(len(spans), np.int64),
            "first": place[:, 0],
            "last": place[:, 1],
        }
        vectors, logits = self._spans.run(["vectors", f"types_{self.scheme}"], {**feed, **view.edges})
        view.vectors.update(zip(spans, vectors, strict=True))
        view.types.update(zip(spans, logits, strict=True))

    def _typed(self, text: str, found: list[tuple[int, int, Floats, float]]) -> tuple[NeuralMention, ...]:
        """Mentions with types: all mentions of one entity have the type that they agree on best."""
        found = sorted(found, key=lambda f: f[:2])
        groups = np.asarray(same_entity(text, [f[:2] for f in found]), np.int64)
        total = np.zeros((groups.max(initial=-1) + 1, len(self.labels.types)), np.float32)
        for group, (_, _, logits, _) in zip(groups, found, strict=True):
            total[group] += np.log(softmax(logits[None])[0] + 1e-6)
        return tuple(
            NeuralMention(start, end, self.labels.types[int(total[group].argmax())], score)
            for group, (start, end, _, score) in zip(groups, found, strict=True)
        )

    def types(self, reading: Reading, spans: Sequence[tuple[int, int]]) -> list[dict[str, float]]:
        """How probable each class of each of ``spans`` (code points) is if it names something; nothing where it was not read."""
        chances: list[dict[str, float]] = [{} for _ in spans]
        for view in reading.views:
            here = [(k, s) for k, s in enumerate(locate(view.pieces, spans)) if s]
            rows = softmax(self._looked(view, [s for _, s in here])[:, 1:]).tolist()
            for (k, _), row in zip(here, rows, strict=True):
                chances[k] = dict(zip(self.labels.types, row, strict=True))
        return chances

    def link(self, reading: Reading, spans: Sequence[tuple[int, int]]) -> Links:
        """Roles of ``spans`` (code points, sorted) and the chances of relations between them, as the text that was read says."""
        groups = same_entity(reading.text, spans, defined=self.scheme == OWN)
        roles: list[tuple[tuple[str, float], ...]] = [()] * len(spans)
        pairs: list[Pairs] = []
        for view in reading.views:
            here = [(k, s) for k, s in enumerate(locate(view.pieces, spans)) if s]
            if here:
                pairs.append(self._link(view, here, groups, roles))
        return Links(tuple(roles), Pairs.joined(self.labels.relations, pairs))

    def _link(
        self,
        view: View,
        here: list[tuple[int, tuple[int, int]]],
        groups: list[int],
        roles: list[tuple[tuple[str, float], ...]],
    ) -> Pairs:
        """The chances of relations in one window; notes the ``roles`` too."""
        places = [s for _, s in here]
        order = {g: n for n, g in enumerate(dict.fromkeys(groups[k] for k, _ in here))}
        local = np.asarray([order[groups[k]] for k, _ in here], np.int64)
        asked = candidates(view.pieces, places)
        asked = asked[local[asked[:, 0]] != local[asked[:, 1]]]
        self._looked(view, places)
        vectors = np.stack([view.vectors[s] for s in places])
        feed = {
            "hidden": view.hidden,
            "mask": np.ones(view.hidden.shape[:2], np.int64),
            "vectors": vectors,
            # The network wants one pair at least.
            **vars(index([view.pieces], [places], [local.tolist()], [asked if len(asked) else [(0, 0)]])),
        }
        names = ([f"roles_{self.scheme}"] if self.labels.roles else []) + [f"relations_{self.scheme}"]
        outs = self._links.run(names, {k: v for k, v in feed.items() if k in self._asked})
        if self.labels.roles:
            chance = softmax(outs[0] * self.labels.calibration[view.lang]["role"][0])
            ranks = np.argsort(-chance, axis=-1, kind="stable").tolist()
            ranked = [
                tuple((self.labels.roles[r], row[r]) for r in rank)
                for rank, row in zip(ranks, chance.tolist(), strict=True)
            ]
            for (k, _), group in zip(here, local.tolist(), strict=True):
                roles[k] = ranked[group]
        mention = np.asarray([k for k, _ in here], np.int64)
        rows, chances = by_entity(softmax(outs[-1])[: len(asked), 1:], local[asked])
        subjects, objects = mention[asked[rows]].T
        return Pairs(self.labels.relations, subjects, objects, chances)

    def _stated(self, text: str, pairs: Pairs, types: Sequence[str]) -> Iterator[NeuralRelation]:
        """The likeliest relation of each two entities that their classes allow, where it is likely enough."""
        lang = self._language(text)
        ends = list(zip(pairs.subjects.tolist(), pairs.objects.tolist(), strict=True))
        possible = [self.labels.may_join(types[a], types[b]) for a, b in ends]
        chances = np.where(np.reshape(possible, pairs.chances.shape), pairs.chances, 0.0)
        label = chances.argmax(1)
        scores = self._calibrated(lang, "relation", chances[np.arange(len(label)), label])
        for (a, b), n, score in zip(ends, label.tolist(), scores.tolist(), strict=True):
            if score >= self.labels.thresholds[lang]["relation"]:
                yield NeuralRelation(a, self.labels.relations[n], b, score)

    def _language(self, text: str) -> str:
        """That of its script if the weights were calibrated for it, else the one that they were: English if there are two."""
        lang = script_lang(text)
        return lang if lang in self.labels.calibration else min(self.labels.calibration)

    def _calibrated(self, lang: str, kind: str, chance: Floats) -> Floats:
        return calibrate(chance, *self.labels.calibration[lang][kind])


def by_entity(chance: Floats, entities: Ints) -> tuple[Ints, NDArray[np.float64]]:
    """For each two entities their best pair of mentions (a row of ``chance``) and the probabilities of relations, from all their pairs.

    Every pair is a chance to state a relation (noisy or); the pair that states the likeliest best stands for the rest.
    ``chance`` [pairs of mentions, relations], ``entities`` [pairs of mentions, 2].
    """
    keys = entities[:, 0] * (entities.max(initial=0) + 1) + entities[:, 1]
    _, first, entity = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)  # in order of first appearance
    entity = np.argsort(order)[entity]
    doubt = np.zeros((len(first), chance.shape[1]))
    np.add.at(doubt, entity, np.log1p(-np.minimum(chance.astype(np.float64), 1 - 1e-9)))
    together = -np.expm1(doubt)
    states = chance[np.arange(len(entity)), together.argmax(1)[entity]]
    ranked = np.lexsort((-states, entity))
    return ranked[np.searchsorted(entity[ranked], np.arange(len(first)))], together


def softmax(logits: Floats) -> Floats:
    """Over the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), np.float32)


def locate(pieces: Pieces, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int] | None]:
    """First and last piece of each span of code points, or nothing where it is not wholly in this window."""
    if not spans:
        return []
    starts, ends = np.asarray(spans, np.int64).T
    first = np.searchsorted(pieces.end[1:-1], starts, side="right") + 1
    last = np.searchsorted(pieces.start[1:-1], ends, side="left")
    inside = (first <= last) & (first < len(pieces.ids) - 1)
    inside[inside] &= (pieces.end[last[inside]] >= ends[inside]) & (
        pieces.start[first[inside]] <= starts[inside] + 1
    )
    return [
        (i, j) if here else None
        for i, j, here in zip(first.tolist(), last.tolist(), inside.tolist(), strict=True)
    ]


def session(path: Path) -> Any:
    """An onnxruntime session on one thread. Returns ``onnxruntime.InferenceSession``, which has no type stubs."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    # Measured: sum and layer norm fused are slower on a CPU than the two apart, by a fifth of the encoder's time.
    return ort.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )
