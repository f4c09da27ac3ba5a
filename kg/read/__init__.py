"""Read papers: files, folders and standard input become documents; what cannot become one is reported.

    >>> from kg.settings import ReadSettings
    >>> rejects = []
    >>> documents = read(["seeds"], ReadSettings(), rejects.append)  # doctest: +SKIP
    >>> next(documents).identifiers                                  # doctest: +SKIP
    ('arXiv:2206.09360',)

A file passes through five hands, each a module:

    files      which files a path stands for, and of what kind each is
    opening    bytes -> lines: gzip, byte order marks, lines too long to hold, files cut short
    formats    lines -> records: one module a format; a record is a mapping in our field names
    sidecar    a table or BibTeX file beside plain text of the same name adds metadata to it
    document   record -> Document or Reject: identifiers, authors, dates, language

What the text of a document is: the text as its source gives it, markup (JATS, HTML, LaTeX) included, so that
an offset into ``Document.text`` is an offset into the source's text. Characters that no RDF or XML file can
hold are replaced one for one (a control character by a space, half a surrogate pair by U+FFFD), so offsets
stay true. Two exceptions, where the text as stored is layout: plain text loses the blank space around an
abstract, and the arXiv snapshot that and its line breaks too.
"""

from kg.read.document import to_document
from kg.read.formats import KINDS
from kg.read.language import detect_language
from kg.read.stage import read

__all__ = ["KINDS", "detect_language", "read", "to_document"]
