"""Settings: one TOML file, every key with a default that works. ``docs/settings.toml`` documents them all."""

from __future__ import annotations

import dataclasses
import math
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.iri import DEFAULT_BASE, check_base

# The tables of what people decided by hand, beside the sources: identity, and the rest. They are not read as papers.
CURATION_TABLES = ("curation.sssom.tsv", "curation.tsv")
# The least and the most that a number may be. The settings of reading are checked where files are read.
_RANGES = {
    "extract.min_mention_score": (0, 1),
    "extract.min_relation_score": (0, 1),
    "extract.workers": (1, math.inf),
    "view.max_nodes": (1, math.inf),
    "view.start_nodes": (1, math.inf),
}
# What TOML calls a value that becomes one of these.
_TOML = {
    str: "a string", int: "an integer", float: "a number", bool: "true or false", tuple: "an array of strings", dict: "a table",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How files become documents."""

    # A line of plain text that closes a document and is not part of it (regular expressions, whole line).
    boilerplate: tuple[str, ...] = (r"translated by .{1,40}", r"由.{1,20}翻译")
    # How plain text is split where no boilerplate line stands: "paragraph" (blank lines), "line" or "file".
    split: str = "paragraph"
    # Languages other than English and Chinese: "skip" (reported) or "english" (read as English).
    other_languages: str = "skip"
    # Field names of JSON and CSV records: our name -> theirs (dots reach into objects).
    fields: dict[str, str] = field(default_factory=dict)
    # Longest abstract, in characters; longer ones are rejected.
    max_characters: int = 100_000


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """What extraction keeps."""

    # Mentions and relations scored below these are dropped. A score is how often annotators of held-out text agree that something
    # is named just there, or that a relation is stated; two annotators agree on 0.85 of their mentions and 0.6 of their relations.
    min_mention_score: float = 0.4
    min_relation_score: float = 0.18
    # Use the learned model beside rules and terminology.
    learned: bool = True
    # Further SKOS files (Turtle) whose labels are matched as the package's own are.
    terms: tuple[str, ...] = ()
    # Processes that extract side by side; the result does not depend on it.
    workers: int = 1


@dataclass(frozen=True, slots=True)
class ResolveSettings:
    """How mentions become entities."""

    # A table (TSV: subject, predicate, object; skos:exactMatch or owl:differentFrom) of names said to be one or kept apart by hand.
    curation: str = ""


@dataclass(frozen=True, slots=True)
class FillSettings:
    """What the graph holds."""

    base: str = DEFAULT_BASE
    # Relations the text denies or hedges: kept as claims with their polarity, never as facts.
    keep_unasserted: bool = True


@dataclass(frozen=True, slots=True)
class ViewSettings:
    """The interactive view."""

    # Most nodes drawn at once; the best connected are kept and the page says so.
    max_nodes: int = 3000
    # About how many nodes the page opens with: the most connected things and the papers that join them.
    start_nodes: int = 60
    title: str = "paperkg"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, one section a stage."""

    read: ReadSettings = field(default_factory=ReadSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    resolve: ResolveSettings = field(default_factory=ResolveSettings)
    fill: FillSettings = field(default_factory=FillSettings)
    view: ViewSettings = field(default_factory=ViewSettings)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as the report records them."""
        return dataclasses.asdict(self)

    def override(self, *, base: str | None = None, workers: int | None = None) -> Settings:
        """With what a command's options say in the place of what a file says.

        Raises:
            UsageError: no IRIs can be made below the base.
        """
        fill, extract = self.fill, self.extract
        if base is not None:
            fill = dataclasses.replace(fill, base=check_base(base))
        if workers is not None:
            extract = dataclasses.replace(extract, workers=workers)
        return dataclasses.replace(self, fill=fill, extract=extract)


def load_settings(path: Path | None) -> Settings:
    """Read a settings file; ``None`` gives the defaults.

    Raises:
        UsageError: the file is missing, is not TOML, or holds an unknown key, a value of the wrong type or out of its range, or no base IRI.
    """
    if path is None:
        return Settings()
    data = read_toml(path, "settings file")
    sections = {f.name: f for f in dataclasses.fields(Settings)}
    built: dict[str, Any] = {}
    for name, values in data.items():
        if name not in sections or not isinstance(values, dict):
            raise UsageError(f"{path}: unknown section [{name}]; known: {', '.join(sections)}")
        default = getattr(Settings(), name)
        built[name] = dataclasses.replace(default, **_checked(path, name, default, values))
    settings = Settings(**built)
    try:
        check_base(settings.fill.base)
    except UsageError as error:
        raise UsageError(f"{path}: fill.base: {error}") from error
    return settings


def read_toml(path: Path, what: str) -> dict[str, Any]:
    """The keys of a TOML file; ``what`` it is, an error says.

    Raises:
        UsageError: the file cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: {what} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from error


def _checked(path: Path, section: str, default: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The values of one section, each of its default's type and within its range."""
    known = {f.name for f in dataclasses.fields(default)}
    result: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            raise UsageError(f"{path}: unknown key {section}.{key}; known: {', '.join(sorted(known))}")
        wanted = getattr(default, key)
        if isinstance(wanted, tuple) and isinstance(value, list) and all(isinstance(v, str) for v in value):
            value = tuple(value)
        whole = isinstance(wanted, float) and isinstance(value, int) and not isinstance(value, bool)
        if type(value) is not type(wanted) and not whole:
            raise UsageError(f"{path}: {section}.{key} must be {_TOML[type(wanted)]}, not {value!r}")
        least, most = _RANGES.get(f"{section}.{key}", (-math.inf, math.inf))
        # Not a number is in no range.
        if isinstance(wanted, int | float) and not least <= value <= most:
            allowed = f"at least {least}" if most == math.inf else f"from {least} to {most}"
            raise UsageError(f"{path}: {section}.{key} must be {allowed}, not {value}")
        result[key] = float(value) if whole else value
    return result
