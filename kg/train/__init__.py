"""Train the models that ship: ``kg train`` and its steps; ``docs/training.md`` tells the way.

Needs the extra ``paperkg[train]``; nothing of this package is imported at run time. What it produces (ONNX graphs, a
tokenizer, labels and calibration) is read by :mod:`kg.extract.neural`, and the linear models by :mod:`kg.extract.linear`.

The modules in reading order:

- what is told and learned from: :mod:`~kg.train.config`, :mod:`~kg.train.schemes` (what can be predicted),
  :mod:`~kg.train.texts` and :mod:`~kg.train.gold` (our annotation), :mod:`~kg.train.corpora` (that of others, undone from
  its tokens by :mod:`~kg.train.detokenize`), :mod:`~kg.train.features` (all of it in numbers), :mod:`~kg.train.data`;
- the network: :mod:`~kg.train.encoder`, :mod:`~kg.train.model`;
- its training: :mod:`~kg.train.checkpoint`, :mod:`~kg.train.batch`, :mod:`~kg.train.loop`, :mod:`~kg.train.bridges` (what a public scheme's labels say
  of ours), :mod:`~kg.train.together` (several processes);
- a teacher: :mod:`~kg.train.distil`, :mod:`~kg.train.labels`;
- Chinese: :mod:`~kg.train.bilingual`, :mod:`~kg.train.aligned`;
- what ships: :mod:`~kg.train.export` and back again, :mod:`~kg.train.recover`; :mod:`~kg.train.calibrate`,
  :mod:`~kg.train.score`, :mod:`~kg.train.ship`;
- the linear models: :mod:`~kg.train.linear`, and what each witness counts: :mod:`~kg.train.witnesses`;
- the commands: :mod:`~kg.train.commands`.
"""
