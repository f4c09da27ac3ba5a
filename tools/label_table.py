"""Write the terminology's labels as the matcher reads them: ``kg/extract/lexicon/labels.tsv`` (see ``kg.extract.labels``)."""

from __future__ import annotations

from kg.extract.labels import FILE, made

if __name__ == "__main__":
    FILE.write_text(made(), encoding="utf-8", newline="\n")
