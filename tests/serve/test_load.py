"""The load benchmark, for a few seconds: some clients at once, one query in ten that never ends, and every other one answered as alone."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from papers import ROOT


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="reads /proc")
def test_every_query_that_ends_is_answered_right_beside_those_that_do_not(seeds):
    spec = importlib.util.spec_from_file_location("serve_load", ROOT / "benchmarks" / "serve_load.py")
    serve_load = importlib.util.module_from_spec(spec)
    sys.modules["serve_load"] = serve_load
    spec.loader.exec_module(serve_load)
    tally, memory, _ = serve_load.measure(seeds.turtle, clients=6, seconds=4, timeout=6)
    assert tally.faults == []
    assert tally.ended > 0
    assert len(tally.seconds) > 6
    assert 0 < max(memory.samples) < 2e9
