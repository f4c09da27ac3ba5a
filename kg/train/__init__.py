"""Train the learned English extractor: read gold, train, distil, score, export.

Needs the extra ``paperkg[train]``; nothing of this package is imported at run time. What it produces
(ONNX graphs, a tokenizer, labels and calibration) is read by :mod:`kg.extract.neural`.

The modules in reading order: :mod:`~kg.train.schemes` (what can be predicted), :mod:`~kg.train.corpora` (gold in each
scheme), :mod:`~kg.train.features` (gold as tensors), :mod:`~kg.train.encoder` and :mod:`~kg.train.model` (the network),
:mod:`~kg.train.loop` (training), :mod:`~kg.train.distil` (a teacher's labels), :mod:`~kg.train.score` and
:mod:`~kg.train.export`.
"""
