"""spaCy without its command line, which waits until someone asks for it. Import this before spaCy.

``import spacy`` loads the modules behind spaCy's own commands for the sake of one function, ``spacy.info``; with the HTTP clients,
templates and project tools that they need, these take a third of the import. While spaCy is imported an empty module stands in
their place. Afterwards ``spacy.cli`` and ``spacy.info`` are what they always are, only loaded when first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


def _info(*args: Any, **named: Any) -> Any:
    """``spacy.info``: what is installed, as spaCy's command tells it."""
    from spacy.cli.info import info

    return info(*args, **named)


def _attribute(name: str) -> Any:
    """What spaCy's module lacks until it is asked for (PEP 562)."""
    if name == "cli":
        return import_module("spacy.cli")
    raise AttributeError(f"module 'spacy' has no attribute {name!r}")


def _import_spacy() -> None:
    package, module = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    package.__path__ = []
    module.info = _info  # type: ignore[attr-defined]
    stand_ins = {"spacy.cli": package, "spacy.cli.info": module}
    sys.modules.update(stand_ins)
    try:
        import spacy
    finally:
        for name in stand_ins:
            del sys.modules[name]
    spacy.__getattr__ = _attribute


if "spacy" not in sys.modules:
    _import_spacy()
