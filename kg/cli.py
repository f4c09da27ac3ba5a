"""The command line: each command is a thin shell over the public function of the same name.

What an error becomes, one line on stderr and an exit status, is in :mod:`kg.__main__`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

import kg
from kg.arguments import BaseOption, ConfigOption, GraphArgument, OutputOption, text_of, word, words
from kg.errors import UsageError
from kg.progress import Meter
from kg.settings import load_settings
from kg.terminal import err, file_or_stdout, out, print_lines, print_table, several, tell_rejects
from kg.text import printable
from kg.train.commands import app as train

app = typer.Typer(
    name="kg",
    help="Read paper abstracts, in English and Chinese, into an RDF knowledge graph in which every statement carries its evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(train, name="train")
# Decisions that no relation, paper or quote is part of.
_OF_THINGS = ("same", "different", "rename", "retype")


def _version(value: bool) -> None:
    if value:
        out.print(f"paperkg {kg.__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read paper abstracts, in English and Chinese, into an RDF knowledge graph in which every statement carries its evidence."""


@app.command()
def build(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files and folders of papers; - is standard input."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write.")] = Path("outputs"),
    base: BaseOption = "",
    config: ConfigOption = None,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Processes to extract with (0: as the settings say).")
    ] = 0,
    curation: Annotated[
        Path | None,
        typer.Option("--curation", help="Folder of the curation tables, if not beside the sources."),
    ] = None,
) -> None:
    """Read papers and write graph.ttl, graph.html and report.json."""
    from kg.pipeline import build as run

    settings = load_settings(config).override(base=base or None, workers=workers or None)
    with Meter(err) as meter:
        report = run(sources, output, settings, meter, curation)
    tell_rejects(report.rejects, f"; see {output / 'report.json'}")
    for outcome in report.curation:
        if outcome.why:
            err.print(
                Text(f"not applied {outcome.source}: {printable(outcome.what)}: {printable(outcome.why)}")
            )
    if report.curation:
        applied = sum(not outcome.why for outcome in report.curation)
        out.print(f"{applied} of {len(report.curation)} decisions by hand applied")
    counts = report.counts
    out.print(
        f"{several(counts['documents'], 'paper')}, {several(counts['entities'], 'entity', 'entities')}, "
        f"{several(counts['relations'], 'relation')}, {several(counts['measurements'], 'measurement')}, "
        f"{several(counts['triples'], 'triple')}"
    )
    for path in report.files:
        out.print(Text(f"wrote {path}"))


@app.command()
def extract(
    source: Annotated[
        str, typer.Argument(metavar="IN.jsonl", help="JSON Lines with id and text; - is standard input.")
    ],
    output: OutputOption = Path("-"),
    config: ConfigOption = None,
    scheme: Annotated[
        str,
        typer.Option(
            "--scheme",
            help="own; or scier, scicn: mentions and relations as those corpora mark them, by the network alone.",
        ),
    ] = "own",
) -> None:
    """Extract mentions, relations and measurements, one JSON object a line."""
    from kg.extraction import extract_file

    with Meter(err) as meter:
        rejects = extract_file(source, output, load_settings(config), meter, scheme)
    tell_rejects(rejects)


@app.command()
def query(
    graph: GraphArgument,
    text: Annotated[str | None, word("A SPARQL 1.1 query.", "[QUERY]")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="A file that holds the query.")] = None,
    format_: Annotated[
        str, typer.Option("--format", help="table, json, csv, tsv, xml; ttl for CONSTRUCT.")
    ] = "table",
    base: BaseOption = "",
) -> None:
    """Answer a SPARQL 1.1 query over a graph file or a store."""
    from kg.iri import DEFAULT_BASE
    from kg.query import FORMATS, Curies, load_graph, query_prefixes, serialize
    from kg.query import query as run

    if (text is None) == (file is None):
        raise UsageError("query: give a query or -f FILE, one of the two")
    if format_ not in FORMATS:
        raise UsageError(f"query: no format {format_}; one of {', '.join(FORMATS)}")
    asked = text if text is not None else text_of(file or Path())
    store, base = load_graph(graph), base or DEFAULT_BASE
    if format_ != "table":
        sys.stdout.buffer.write(serialize(store, asked, format_, base))
        return
    answer = run(store, asked, base)
    if answer.truth is not None:
        out.print("yes" if answer.truth else "no")
    elif answer.triples is not None:
        sys.stdout.buffer.write(serialize(store, asked, "ttl", base))
    else:
        curies = Curies(query_prefixes(base), asked)
        print_table(answer.columns, ([curies.cell(term) for term in row] for row in answer.rows))
        out.print(several(len(answer.rows), "row"))


@app.command()
def export(
    graph: GraphArgument,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="turtle, ntriples, nquads, trig, jsonld, rdfxml, graphml, csv, html; store: a folder that kg serve opens at once.",
        ),
    ],
    output: OutputOption,
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            help="full; facts: without the evidence; rdf12: triple terms; nanopub: one a claim; description: VoID and DCAT.",
        ),
    ] = "full",
    config: ConfigOption = None,
) -> None:
    """Write a graph in another format."""
    from kg.export import export as run
    from kg.export.html import write_html
    from kg.export.store import write_store
    from kg.query import load_graph, load_into

    if format_ in {"html", "store"} and profile != "full":
        raise UsageError(f"{format_}: cannot hold the profile {profile}; leave --profile out")
    if format_ == "store" and str(output) == "-":
        raise UsageError("store: is a folder, which standard output cannot be; give one with -o")
    with file_or_stdout(output) as file:
        if format_ == "html":
            write_html(load_graph(graph), file, load_settings(config).view)
        elif format_ == "store":
            write_store(lambda store: load_into(graph, store), file)
        else:
            run(load_graph(graph), file, format_, profile)
    if file == output:
        out.print(Text(f"wrote {output}"))


@app.command()
def validate(
    graph: GraphArgument,
    reasoner: Annotated[
        bool, typer.Option("--reasoner", help="Also ask HermiT, an OWL reasoner; needs Java and owlready2.")
    ] = False,
    format_: Annotated[str, typer.Option("--format", help="text, or json.")] = "text",
) -> None:
    """Check terms, shapes, classes and evidence of a graph; exit status 1 on a fault, which names its paper and sentence."""
    from kg.validate import validate as run

    if format_ not in {"text", "json"}:
        raise UsageError(f"validate: no format {format_}; one of text, json")
    report = run(graph, reasoner=reasoner)
    if format_ == "json":
        out.print_json(json.dumps(report.as_dict()))
    else:
        out.print(Text(str(report)))
    if not report.ok:
        raise typer.Exit(1)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Annotated documents; see kg.evaluate.")],
    predictions: Annotated[Path, typer.Argument(metavar="PRED.jsonl", help="What kg extract wrote of them.")],
    format_: Annotated[str, typer.Option("--format", help="table, or json.")] = "table",
) -> None:
    """Score extraction against gold: precision, recall and F1 by measure, each F1 with its 95 % interval."""
    from kg.evaluate import evaluate as run

    if format_ not in {"table", "json"}:
        raise UsageError(f"evaluate: no format {format_}; one of table, json")
    report = run(gold, predictions)
    if format_ == "json":
        out.print_json(json.dumps(report.as_dict()))
        return
    lines = []
    for row in report.rows:
        counts = row.counts
        shares = (f"{share:.3f}" for share in (counts.precision, counts.recall, counts.f1))
        totals = (str(total) for total in (counts.right, counts.predicted, counts.expected))
        lines.append((row.name, *shares, f"{row.low:.3f}–{row.high:.3f}", *totals))
    print_table(("measure", "precision", "recall", "F1", "95 %", "right", "found", "gold"), lines)
    out.print(several(report.documents, "document"))


@app.command()
def show(
    graph: GraphArgument,
    term: Annotated[str, word("A name, an IRI, or the end of one, such as model/bloom.")],
    base: BaseOption = "",
    most: Annotated[int, typer.Option("--most", min=1, help="The most facts to print of a relation.")] = 8,
) -> None:
    """Print what a graph says of one thing: its names, and its facts with the words that prove them."""
    from kg.iri import DEFAULT_BASE
    from kg.query import load_graph
    from kg.show import show as run
    from kg.show.text import lines

    print_lines(lines(run(load_graph(graph), term, base or DEFAULT_BASE), most))


@app.command()
def stats(graph: GraphArgument) -> None:
    """Print what a graph holds: counts by class, relation, year and language, with small charts."""
    from kg.query import load_graph
    from kg.stats import stats as run
    from kg.stats.text import lines

    found = run(load_graph(graph))
    print_lines(lines(found, out.width) if out.is_terminal else lines(found))


@app.command()
def curate(
    folder: Annotated[Path, typer.Argument(help="The folder of the sources, where the tables lie.")],
    action: Annotated[
        str,
        typer.Argument(help="same, different, rename, retype, reject, confirm (a claim), or add (a fact)."),
    ],
    subject: Annotated[str, word("A name, or the end of an IRI, such as model/bloom.")],
    item: Annotated[str, word("The other thing, the new name, or the class.", "[OBJECT]")] = "",
    predicate: Annotated[str, words("--predicate", "Of a claim: its relation.")] = "",
    paper: Annotated[str, words("--paper", "Of a claim: the paper that makes it.")] = "",
    quote: Annotated[str, words("--quote", "For add: the words of the abstract.")] = "",
    author: Annotated[str, words("--author", "Who decided.")] = "",
    comment: Annotated[str, words("--comment", "Why.")] = "",
) -> None:
    """Write down a decision about the graph, in a table beside the sources that every build applies."""
    from datetime import date

    from kg.curate import Decision
    from kg.curate import curate as run

    if action in _OF_THINGS and (predicate or paper or quote):
        raise UsageError(f"curate: {action}: is of things; --predicate, --paper and --quote are of claims")
    decision = Decision(
        action,
        subject,
        predicate,
        item,
        paper,
        quote,
        printable(author),
        date.today().isoformat(),
        printable(comment),
    )
    out.print(Text(f"wrote {run(folder, decision)}; the next build applies it"))


@app.command()
def serve(
    graph: Annotated[Path, typer.Argument(help="A graph file, or the folder of an on-disk store.")],
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.")] = 8808,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds a query may run.")] = 10.0,
    max_rows: Annotated[int, typer.Option("--max-rows", help="Rows or triples of an answer.")] = 100_000,
    base: BaseOption = "",
    edit: Annotated[
        bool,
        typer.Option("--edit", help="Let whoever has the token (KG_EDIT_TOKEN, or printed) curate by hand."),
    ] = False,
    curation: Annotated[
        Path | None,
        typer.Option(
            "--curation", help="With --edit: folder of the curation tables, if not beside the sources."
        ),
    ] = None,
    cors: Annotated[
        bool,
        typer.Option(
            "--cors",
            help="Let pages of any web site read the data, and answer under any name, as with a --host that others reach: "
            "for a server behind a proxy.",
        ),
    ] = False,
) -> None:
    """Serve a graph: a SPARQL 1.1 endpoint, and pages to browse, search and read the evidence."""
    from kg.iri import DEFAULT_BASE
    from kg.serve import Limits, edit_of
    from kg.serve import serve as run

    if curation and not edit:
        raise UsageError("serve: --curation goes with --edit")
    limits = Limits(timeout=timeout, max_rows=max_rows)
    edits = edit_of(graph, curation) if edit else None
    run(graph, host, port, base or DEFAULT_BASE, limits, edits, cors=cors)


@app.command()
def push(
    graph: Annotated[Path, typer.Argument(help="A graph file, or the folder of an on-disk store.")],
    endpoint: Annotated[
        str, typer.Option("--endpoint", help="URL of a SPARQL 1.1 Graph Store or of SPARQL 1.1 Update.")
    ],
    protocol: Annotated[
        str,
        typer.Option(
            "--protocol",
            help="graph-store, update, or auto: update where the URL ends in update or statements.",
        ),
    ] = "auto",
    batch: Annotated[int, typer.Option("--batch", help="The most triples of a request.")] = 10_000,
    replace: Annotated[
        bool, typer.Option("--replace", help="Empty the graphs that are sent first; others stay.")
    ] = False,
    into: Annotated[
        str, typer.Option("--graph", help="IRI of the graph that takes the default graph's triples.")
    ] = "",
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds to wait for an answer.")] = 60.0,
    state: Annotated[
        Path | None,
        typer.Option("--state", help="Where to remember what was sent; GRAPH.push.json if not given."),
    ] = None,
) -> None:
    """Load a graph into a triple store; run again after a failure, it goes on. Credentials: PAPERKG_PUSH_USER and PAPERKG_PUSH_PASSWORD, or PAPERKG_PUSH_TOKEN."""
    from kg.progress import Transfer
    from kg.push import push as run

    with Transfer(err) as transfer:
        report = run(
            graph, endpoint, protocol=protocol, batch=batch, replace=replace, into=into, timeout=timeout, state=state, progress=transfer
        )  # fmt: skip
    earlier = f" ({report.before:,} had been sent before)" if report.before else ""
    out.print(f"sent {report.sent:,} triples in {report.batches} batches{earlier}")


@app.command()
def settings(config: ConfigOption = None) -> None:
    """Print the settings in force, as JSON."""
    from kg.read.validity import check_settings

    given = load_settings(config)
    check_settings(given.read)
    out.print_json(json.dumps(given.as_dict()))
