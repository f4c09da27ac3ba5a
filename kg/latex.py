r"""The little LaTeX that titles and names hold: accents, letters, braces, dashes. In names short formulas too; elsewhere mathematics stays as it is.

>>> unlatexed(r"Martin Tak{\'a}\v{c}"), unlatexed(r"{BLOOM}: a $2^n$-fold \"Uberblick")
('Martin Takáč', 'BLOOM: a $2^n$-fold Überblick')
"""

from __future__ import annotations

import re
import unicodedata

_COMBINING = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
}
_LETTERS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "th": "þ",
}
_MATHEMATICS = re.compile(r"(?<!\\)(\$[^$]*\$)")
# \'{e}, \'e, {\'e}, \v{c}, \v c, \'{\i}: a sign may stand close to its letter, a letter command needs a space
# or a brace.
_BASE = r"(?:\{\s*\\?([A-Za-z])\s*\}|%s\\?([A-Za-z]))"
_ACCENT = re.compile(rf"\\(?:([`'^~=.\"])\s*{_BASE % ''}|([uvHcdkr])\s*{_BASE % '(?<=[ ])'})")
_LETTER = re.compile(
    rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|\s+(?=[a-z]))?"
)
_COMMAND = re.compile(r"\\(?:emph|text[a-z]{2}|mbox|rm|it|bf|sc|em)\b\s*")
_FORMAT = r"\\(?:emph|text(?:bf|it|sc|tt|sf|rm|sl)|underline)\s*"
_MATH_FORMAT = r"\\(?:text|math)(?:bf|it|sc|tt|sf|rm)\s*"
# A word or a few in a typeface of their own, alone or as a formula: \textsc{OptScale}, $\mathtt{PromptMoE}$; not a few letters
# of a word, which tell what an abbreviation stands for.
_FORMATTED = re.compile(
    rf"(?<![\w}}\\])(?:(\${_MATH_FORMAT}\{{)([^{{}}\\$]{{1,80}})(\}}\$)|({_FORMAT}\{{)([^{{}}\\$]{{1,80}})(\}}))(?![\w\\{{])"
)
# What is inside of a typeface in a formula, and of a raised or lowered part.
_TYPEFACE = re.compile(
    r"\\(?:math|text)(?:bf|it|sc|tt|sf|rm|cal|bb|frak|scr|normal)?\s*(?:\{([^{}]*)\}|\s([A-Za-z]))|\\(?:operatorname|mbox|bm|boldsymbol)\s*\{([^{}]*)\}"
)
_SWITCH = re.compile(r"\\(?:rm|it|bf|sc|tt|sf|cal)\b\s*")
# Words with space between are text that two prices enclose.
_PROSE = re.compile(r"^\s*\d[\d.,]*\s+[a-z]+\s*$|[A-Za-z]{2,}\s+[A-Za-z]{2,}")
_RAISED = re.compile(r"\^\s*(?:\{([^{}]*)\}|(\w|[+*-]))")
_LOWERED = re.compile(r"_\s*(?:\{([^{}]*)\}|(\w|[+*-]))")
_SYMBOL = re.compile(r"\\([A-Za-z]+)\s*")
_SPACE = re.compile(r"\\[,;!: ]|[\s~]+")
_SIGNS = {
    "ell": "ℓ", "infty": "∞", "times": "×", "cdot": "·", "pm": "±", "to": "→", "rightarrow": "→", "leftrightarrow": "↔", "sim": "∼", "approx": "≈",
    "neq": "≠", "ne": "≠", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "star": "*", "ast": "*", "prime": "′", "circ": "°", "partial": "∂", "nabla": "∇",
    "varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "varrho": "ρ", "varsigma": "ς", "varpi": "π",
}  # fmt: skip
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
_SIGNS |= {
    spell(name): unicodedata.lookup(f"GREEK {size} LETTER {name.replace('lambda', 'lamda')}")
    for size, spell in (("SMALL", str.lower), ("CAPITAL", str.capitalize))
    for name in _GREEK.split()
}
_HIGH = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOW = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_ESCAPED = re.compile(r"\\([&%$#_{} ])")


def unlatexed(text: str) -> str:
    """A title or a name without its LaTeX; runs of blank space become one space."""
    if "\\" in text or "{" in text or "~" in text or "--" in text:
        # Odd parts are mathematics, and are left alone.
        parts = _MATHEMATICS.split(text)
        text = "".join(part if place % 2 else _plain(part) for place, part in enumerate(parts))
    return " ".join(text.split())


def spelled(name: str) -> str:
    r"""A name without its LaTeX, formulas included where letters can tell them: as other papers write it.

    >>> spelled(r"$k$-means"), spelled(r"$\chi^2$-divergence"), spelled(r"HyCo$_2$"), spelled(r"$\frac{1}{2}$-approximation")
    ('k-means', 'χ²-divergence', 'HyCo₂', '$\\frac{1}{2}$-approximation')
    """
    if "$" in name:
        parts = _MATHEMATICS.split(name)
        name = "".join(_formula(part) if place % 2 else part for place, part in enumerate(parts))
    return unlatexed(name)


def _formula(formula: str) -> str:
    r"""A formula in letters and signs, or as it is if that takes more than one line (``\frac``) or a command nobody knows."""
    text = _SWITCH.sub("", formula.strip("$"))
    if _PROSE.search(text):
        return formula
    for _ in range(3):  # typefaces in typefaces
        text = _TYPEFACE.sub(lambda match: match[1] or match[2] or match[3] or "", text)
    text = _SYMBOL.sub(lambda match: _SIGNS.get(match[1], match[0]), text)
    text = _RAISED.sub(lambda match: _moved(match, _HIGH, "^"), text)
    text = _LOWERED.sub(lambda match: _moved(match, _LOW, "_"), text)
    text = _SPACE.sub("", text)
    return formula if re.search(r"[\\{}$]", text) or not text else text


def _moved(match: re.Match[str], table: dict[int, int], sign: str) -> str:
    part = (match[1] or match[2] or "").strip()
    moved = part.translate(table)
    known = set(table.values())
    if all(ord(c) in known for c in moved):
        return moved
    return f"{sign}({part})" if len(part) > 1 else sign + part


def unformatted(text: str) -> str:
    r"""The text with blanks in place of commands for the typeface of words; no other character changes, nor its place.

    >>> unformatted(r"We propose \textsc{OptScale} here.")
    'We propose         OptScale  here.'
    """
    return _FORMATTED.sub(_blanked, text) if "\\" in text else text


def _blanked(match: re.Match[str]) -> str:
    before, words, after = match.group(1, 2, 3) if match[2] else match.group(4, 5, 6)
    return " " * len(before) + words + " " * len(after)


def _plain(text: str) -> str:
    text = _ACCENT.sub(_accented, text)
    text = _LETTER.sub(lambda match: _LETTERS[match[1]], text)
    text = _COMMAND.sub("", text)
    # An escaped brace is a character, a bare one is not.
    text = _ESCAPED.sub(lambda match: {"{": "\0", "}": "\1"}.get(match[1], match[1]), text)
    text = re.sub(r"[{}]", "", text).replace("\0", "{").replace("\1", "}")
    return text.replace("~", " ").replace("---", "—").replace("--", "–")


def _accented(match: re.Match[str]) -> str:
    letter = match[2] or match[3] or match[5] or match[6]
    return unicodedata.normalize("NFC", letter + _COMBINING[match[1] or match[4]])
