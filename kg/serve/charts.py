"""Small bar charts as inline SVG: no script, no style but classes, read by screen readers as a list of values."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

_WIDTH, _HEIGHT, _ROW = 640, 180, 24
_YEARS = 80


def columns(values: Sequence[tuple[object, int]], title: str) -> Markup:
    """Upright bars in the order given, as for years.

    Args:
        values: label and count.
        title: what the chart shows, for who cannot see it.
    """
    if not values:
        return Markup("")
    most = max(count for _, count in values) or 1
    step = _WIDTH / len(values)
    every = max(1, -(-len(values) * 44 // _WIDTH))
    parts = []
    for i, (name, count) in enumerate(values):
        label, edge = str(name), "start" if i == 0 else "end" if i == len(values) - 1 else "middle"
        tall = round(count / most * (_HEIGHT - 50), 1)
        x, y = round(i * step + step * 0.12, 1), round(_HEIGHT - 24 - tall, 1)
        wide = round(min(step * 0.76, 64), 1)
        middle = round(x + wide / 2, 1)
        parts.append(
            f'<g><title>{escape(label)}: {count:,}</title><rect x="{x}" y="{y}" width="{wide}" height="{tall}" rx="2"/>'
        )
        if i % every == 0:
            at = {"start": x, "end": round(x + wide, 1)}.get(edge, middle)
            second = ' class="second"' if i // every % 2 else ""
            parts.append(
                f'<text x="{at}" y="{_HEIGHT - 8}" text-anchor="{edge}"{second}>{escape(label)}</text>'
            )
        if step > 26 and count:
            parts.append(f'<text x="{middle}" y="{y - 5}" text-anchor="middle">{count:,}</text>')
        parts.append("</g>")
    return _svg(title, values, _WIDTH, _HEIGHT, "".join(parts))


def every_year(values: Sequence[Sequence[object]]) -> list[tuple[object, int]]:
    """Years and counts with the years between that have none, so that the chart's axis is one of time.

    >>> every_year([("2001", 4), ("2003", 1)])
    [(2001, 4), (2002, 0), (2003, 1)]
    """
    counts = {int(str(year)): int(str(count)) for year, count in values}
    # A date that is no likely year, as of a broken record, would leave room for nothing else.
    if not counts or max(counts) - min(counts) > _YEARS:
        return sorted(counts.items())
    return [(year, counts.get(year, 0)) for year in range(min(counts), max(counts) + 1)]


def bars(values: Sequence[tuple[str, int]], title: str) -> Markup:
    """Lying bars with a name each, the first on top."""
    if not values:
        return Markup("")
    most = max(count for _, count in values) or 1
    parts = []
    for i, (label, count) in enumerate(values):
        y = i * _ROW
        long = round(max(count / most * (_WIDTH - 260), 2), 1)
        short = label if len(label) <= 24 else label[:23] + "…"
        parts.append(
            f'<g class="k-{escape(label) if label.isalpha() and label.isascii() else "other"}"><title>{escape(label)}: {count:,}</title>'
            f'<text x="0" y="{y + 16}">{escape(short)}</text>'
            f'<rect x="180" y="{y + 4}" width="{long}" height="{_ROW - 8}" rx="2"/>'
            f'<text x="{186 + long}" y="{y + 16}">{count:,}</text></g>'
        )
    return _svg(title, values, _WIDTH, _ROW * len(values), "".join(parts))


def grouped(number: str) -> str:
    """A number with its digits in threes, as far as it is one.

    >>> grouped("176000000000"), grouped("-1234.5678"), grouped("0.25"), grouped("1e9")
    ('176,000,000,000', '-1,234.5678', '0.25', '1e9')
    """
    whole, point, rest = number.partition(".")
    digits = whole.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()):
        return number
    return (
        f"{'-' if whole.startswith('-') else ''}{int(digits):,}{point}{rest}" if len(digits) < 100 else number
    )


def _svg(
    title: str,
    values: Sequence[tuple[object, int]],
    width: int,
    height: int,
    body: str,
    kind: str = "columns",
) -> Markup:
    told = f"{title}: " + ", ".join(f"{label} {count:,}" for label, count in values[:40])
    # Every text above is escaped.
    return Markup(  # noqa: S704
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(told)}">{body}</svg>'
    )
