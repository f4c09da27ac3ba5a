"""Other people's RDF tools, one interface: is it here, how many triples does it read, what does it answer.

``PEERS`` is what ``test_peers.py`` tests and what ``python tests/interop/peers.py`` writes docs/interoperability.md from.
"""

from __future__ import annotations

import csv
import importlib.metadata
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SCRIPTS = HERE / "scripts"
NODE_MODULES = HERE.parent / "node_modules"
# maplib brings a web framework and an event loop that the server would pick up: it lives apart.
MAPLIB = ROOT / ".venv-maplib" / "bin" / "python"
JARS = Path("/usr/share/java")
# What Debian's Jena needs on its class path.
_JENA = """jena-arq jena-base jena-cmds jena-core jena-iri jena-shacl jena-shex jena-tdb jena-tdb2 jena-rdfconnection jena-dboe-base
jena-dboe-index jena-dboe-storage jena-dboe-transaction jena-dboe-trans-data commons-cli commons-codec commons-compress commons-csv
commons-io commons-lang3 dexx.collection gson guava httpclient httpcore jackson-core jackson-databind jackson-annotations jsonld-java
jakarta.json-api protobuf thrift titanium-json-ld slf4j-api slf4j-simple jcl-over-slf4j""".split()

Rows = list[tuple[str, ...]]
Answers = dict[str, "Rows | str"]


class FailedError(Exception):
    """A tool ended with an error."""


@dataclass(frozen=True)
class Peer:
    """A tool.

    Attributes:
        name: as its makers write it.
        package: what brings it.
        version: its version, or None where it is not installed.
        count: triples it reads from the graph (Turtle, N-Triples).
        answers: to queries, by name: rows, or its own error; None for a tool without SPARQL.
        conforms: says whether the graph conforms to the shapes; None for a tool without SHACL.
        unanswered: queries the tool is known not to answer, and why.
    """

    name: str
    package: str
    version: Callable[[], str | None]
    count: Callable[[Path, Path], int] | None = None
    answers: Callable[[Path, Mapping[str, str]], Answers] | None = None
    conforms: Callable[[Path, Path], bool] | None = None
    unanswered: tuple[frozenset[str], str] = (frozenset(), "")


def run(*command: object, stdin: str | None = None) -> str:
    """Standard output and error of a command that must succeed."""
    done = subprocess.run(
        [str(part) for part in command], input=stdin, capture_output=True, text=True, timeout=300, cwd=HERE
    )
    if done.returncode:
        raise FailedError((done.stderr or done.stdout).strip()[-500:])
    return f"{done.stdout}\n{done.stderr}"


def number(pattern: str, text: str) -> int:
    """The number in a tool's message."""
    found = re.search(pattern, text)
    if not found:
        raise FailedError(text[-500:])
    return int(found[1].replace(",", ""))


def command_version(
    command: str, *arguments: str, pattern: str = r"(\d+\.[\d.]+)"
) -> Callable[[], str | None]:
    """The version that a command tells; None where there is no such command."""

    def version() -> str | None:
        if shutil.which(command) is None:
            return None
        found = re.search(pattern, run(command, *arguments))
        return found[1] if found else "?"

    return version


def python_version(distribution: str) -> Callable[[], str | None]:
    """The version of a Python distribution in this environment."""

    def version() -> str | None:
        try:
            return importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            return None

    return version


def npm_version(package: str) -> Callable[[], str | None]:
    """The version of an npm package beside the tests."""

    def version() -> str | None:
        path = NODE_MODULES / package / "package.json"
        return json.loads(path.read_text())["version"] if path.exists() and shutil.which("node") else None

    return version


def one_by_one(ask: Callable[[Path, str], str]) -> Callable[[Path, Mapping[str, str]], Answers]:
    """Answers of a command that writes CSV for one query, or yes or no."""

    def answers(graph: Path, queries: Mapping[str, str]) -> Answers:
        found: Answers = {}
        for name, text in queries.items():
            try:
                written = ask(graph, text)
            except FailedError as error:
                found[name] = str(error)
                continue
            rows = [tuple(row) for row in csv.reader(io.StringIO(written.strip())) if row]
            # Where the answer is yes or no, some write a header too.
            found[name] = rows[-1:] if " ASK " in f" {' '.join(text.split())} " else rows[1:]
        return found

    return answers


# --- Raptor, Rasqal, Serd --------------------------------------------------------------------------------------------


def rapper(turtle: Path, _: Path) -> int:
    return number(r"returned (\d+) triples", run("rapper", "-i", "turtle", "-c", turtle))


def serdi(turtle: Path, _: Path) -> int:
    return len(set(run("serdi", "-i", "turtle", "-o", "ntriples", turtle).split("\n")) - {""})


def roqet(graph: Path, text: str) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".rq", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        return subprocess_out("roqet", "-q", "-r", "csv", "-D", graph, file.name)


def subprocess_out(*command: object) -> str:
    """Standard output alone."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise FailedError((done.stderr or done.stdout).strip()[-500:])
    return done.stdout


# --- Jena --------------------------------------------------------------------------------------------------------------


@cache
def jena_class_path() -> str | None:
    """Debian's Jena, and the resources of Xerces at the place where its code looks for them; None where it is not installed."""
    core = JARS / "jena-core.jar"
    if not core.exists() or not (JARS / "jena-cmds.jar").exists() or not shutil.which("java"):
        return None
    import atexit
    import zipfile

    # Deliberately kept until the end of this process: every run of Jena reads it.
    folder = tempfile.mkdtemp(prefix="jena-resources-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with zipfile.ZipFile(core) as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and not name.endswith("/"):
                target = Path(folder) / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    return ":".join([folder, *(str(JARS / f"{stem}.jar") for stem in _JENA)])


def jena(*arguments: object) -> list[object]:
    return ["java", "-XX:TieredStopAtLevel=1", "-cp", jena_class_path(), *arguments]


def jena_version() -> str | None:
    if jena_class_path() is None:
        return None
    found = re.search(r"VERSION: ([\d.]+)", run(*jena("riotcmd.riot", "--version")))
    return found[1] if found else "?"


def riot(turtle: Path, _: Path) -> int:
    return number(r"Triples = ([\d,]+)", run(*jena("riotcmd.riot", "--strict", "--count", turtle)))


def arq(graph: Path, text: str) -> str:
    return subprocess_out(*jena("arq.arq", "--data", graph, "--results=CSV", text))


def jena_conforms(turtle: Path, shapes: Path) -> bool:
    told = run(*jena("shacl.shacl", "validate", "--text", "--shapes", shapes, "--data", turtle))
    return told.split() == ["Conforms"]


# --- SWI-Prolog, npm ---------------------------------------------------------------------------------------------------


def prolog(turtle: Path, _: Path) -> int:
    goal = (
        f"use_module(library(semweb/rdf11)), use_module(library(semweb/turtle)), rdf_load('{turtle}', [format(turtle), silent(true)]),"
        " rdf_statistics(triples(N)), format('~w triples~n', [N])"
    )
    return number(r"(\d+) triples", run("swipl", "-q", "-g", goal, "-t", "halt"))


def n3(turtle: Path, _: Path) -> int:
    return number(r"(\d+)", run("node", SCRIPTS / "n3_count.cjs", turtle))


def comunica(graph: Path, queries: Mapping[str, str]) -> Answers:
    done = subprocess.run(
        ["node", str(SCRIPTS / "comunica_answers.cjs"), str(graph)], input=json.dumps(queries),
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    if done.returncode:
        raise FailedError(done.stderr[-500:])
    return tuples(json.loads(done.stdout))


def comunica_count(turtle: Path, _: Path) -> int:
    return one_number(comunica(turtle, {"count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}))


def npm_conforms(turtle: Path, shapes: Path) -> bool:
    return run("node", SCRIPTS / "shacl_conforms.cjs", shapes, turtle).split() == ["conforms"]


# --- Python ------------------------------------------------------------------------------------------------------------


def rdflib_answers(graph: Path, queries: Mapping[str, str]) -> Answers:
    import rdflib

    loaded = rdflib.Graph().parse(str(graph), format="turtle")
    found: Answers = {}
    for name, text in queries.items():
        result = loaded.query(text)
        found[name] = (
            [(str(result.askAnswer).lower(),)]
            if result.type == "ASK"
            else [tuple("" if cell is None else str(cell) for cell in row) for row in result]
        )
    return found


def rdflib_count(turtle: Path, _: Path) -> int:
    import rdflib

    return len(rdflib.Graph().parse(str(turtle), format="turtle"))


def owlready_world(ntriples: Path):  # type: ignore[no-untyped-def]  # a library without types
    import owlready2

    world = owlready2.World()
    ontology = world.get_ontology(ntriples.as_uri()).load()
    return world, ontology


def owlready_count(_: Path, ntriples: Path) -> int:
    world, _ = owlready_world(ntriples)
    # It declares an owl:Ontology for the file and for each namespace it meets, which the file does not say.
    theirs = "SELECT COUNT(*) FROM quads WHERE p=6 AND o=(SELECT storid FROM resources WHERE iri=?)"
    own = world.graph.execute(theirs, ("http://www.w3.org/2002/07/owl#Ontology",)).fetchone()[0]
    return len(world.graph) - own


def owlready_answers(graph: Path, queries: Mapping[str, str]) -> Answers:
    world, _ = owlready_world(graph.with_suffix(".nt"))
    found: Answers = {}
    for name, text in queries.items():
        try:
            rows = [
                tuple(owlready_cell(cell) for cell in row)
                for row in world.sparql(text, error_on_undefined_entities=False)
            ]
        except Exception as error:  # its own, of many kinds
            found[name] = f"{type(error).__name__}: {error}"
            continue
        found[name] = rows
    return found


def owlready_cell(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else str(getattr(cell, "iri", cell))


def oxigraph_command() -> str | None:
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def oxigraph_answers(graph: Path, queries: Mapping[str, str]) -> Answers:
    with tempfile.TemporaryDirectory() as folder:
        run(oxigraph_command(), "load", "--location", folder, "--file", graph)

        def ask(_: Path, text: str) -> str:
            return subprocess_out(
                oxigraph_command(), "query", "--location", folder, "--query", text, "--results-format", "csv"
            )

        return one_by_one(ask)(graph, queries)


def oxigraph_count(turtle: Path, _: Path) -> int:
    return one_number(oxigraph_answers(turtle, {"count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}))


def maplib(graph: Path, queries: Mapping[str, str]) -> dict[str, object]:
    # It orders columns in its own way.
    columns = {name: columns_of(text) for name, text in queries.items()}
    queries = {name: {"text": text, "columns": columns[name]} for name, text in queries.items()}
    return json.loads(
        run(MAPLIB, SCRIPTS / "maplib_peer.py", graph, stdin=json.dumps(queries)).partition("\n")[0]
    )


def columns_of(text: str) -> list[str]:
    """The variables of a SELECT in order; none for another query."""
    import pyoxigraph as ox

    result = ox.Store().query(text)
    return [variable.value for variable in result.variables] if isinstance(result, ox.QuerySolutions) else []


def maplib_version() -> str | None:
    if not MAPLIB.exists():
        return None
    return run(MAPLIB, "-c", "import importlib.metadata as m; print(m.version('maplib'))").split()[0]


def tuples(answers: Mapping[str, object]) -> Answers:
    return {
        name: found if isinstance(found, str) else [tuple(map(str, row)) for row in found]  # type: ignore[attr-defined]
        for name, found in answers.items()
    }


def one_number(answers: Answers) -> int:
    rows = answers["count"]
    if isinstance(rows, str):
        raise FailedError(rows)
    return int(rows[0][0])


PEERS: Sequence[Peer] = (
    Peer("Raptor (rapper)", "Debian raptor2-utils", command_version("rapper", "--version"), rapper),
    Peer(
        "Rasqal (roqet)",
        "Debian rasqal-utils",
        command_version("roqet", "--version"),
        answers=one_by_one(roqet),
        unanswered=(
            frozenset(
                "evaluated-on-oasis-1 evidence-for-bloom how-many-tasks-has-big-bench is-sycophancy-shown models-trained-on-roots "
                "papers-on-inverse-scaling scores shared-by-papers surest-facts".split()
            ),
            "roqet knows no property paths, and ends with an error on grouped counts",
        ),
    ),
    Peer("Serd (serdi)", "Debian serdi", command_version("serdi", "-v"), serdi),
    Peer("Apache Jena (riot, arq, shacl)", "Debian libapache-jena-java", jena_version, riot, one_by_one(arq), jena_conforms),
    Peer("SWI-Prolog", "Debian swi-prolog-nox", command_version("swipl", "--version"), prolog),
    Peer("N3.js", "npm n3", npm_version("n3"), n3),
    Peer("Comunica", "npm @comunica/query-sparql-file", npm_version("@comunica/query-sparql-file"), comunica_count, comunica),
    Peer("rdf-validate-shacl", "npm rdf-validate-shacl", npm_version("rdf-validate-shacl"), conforms=npm_conforms),
    Peer("rdflib", "PyPI rdflib", python_version("rdflib"), rdflib_count, rdflib_answers),
    Peer("oxigraph", "PyPI oxigraph", python_version("oxigraph"), oxigraph_count, oxigraph_answers),
    Peer(
        "maplib",
        "PyPI maplib",
        maplib_version,
        lambda turtle, _: int(str(maplib(turtle, {})["count"])),
        lambda graph, queries: tuples(maplib(graph, queries)["answers"]),  # type: ignore[arg-type]
        unanswered=(frozenset({"is-sycophancy-shown"}), "maplib knows no ASK"),
    ),
    Peer("Owlready2", "PyPI owlready2", python_version("owlready2"), owlready_count, owlready_answers,
         unanswered=(frozenset({"is-sycophancy-shown", "how-many-tasks-has-big-bench", "tasks-and-what-is-used-for-them", "what-each-paper-introduces"}),
                     "Owlready2 knows no ASK; one of its functions, and a sort, fail in the others")),
)  # fmt: skip
