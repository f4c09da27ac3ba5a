"""``python -m kg.train CONFIG.toml`` is ``python -m kg train network CONFIG.toml``, as ``torchrun -m`` likes it."""

from __future__ import annotations

import runpy
import sys

if __name__ == "__main__":
    sys.argv[1:] = ["train", "network", *sys.argv[1:]]
    runpy.run_module("kg", run_name="__main__", alter_sys=True)
