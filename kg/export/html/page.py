"""One page out of template, style, scripts and data, safe whatever the data says.

* The data is JSON in a block that browsers do not run, with ``<``, ``>``, ``&`` and the two line separators escaped, so no
  label can close the block or start a comment. The scripts build the page with ``textContent`` only.
* The Content-Security-Policy names each script and the style by its SHA-256: nothing else runs, and nothing loads.
* vis-network comes out of the pyvis package. Its style sheet is left out: it dresses buttons that the page does not use.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from importlib import resources
from typing import Any

_ASSETS = resources.files("kg.export.html") / "assets"
# In the order in which they need each other; the page runs them as one script.
MODULES = (
    "dom", "data", "filters", "search", "paths", "place", "theme", "evidence", "address",
    "stage", "labels", "regions", "map", "panel", "list", "save", "controls", "main",
)  # fmt: skip
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def render_page(title: str, payload: dict[str, Any]) -> str:
    """The whole page as text; write it as UTF-8."""
    vis, script, style = _vis_script(), _app_script(), _asset("style.css")
    policy = (
        f"default-src 'none'; script-src {_source(vis)} {_source(script)}; style-src {_source(style)}; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    parts = {
        "title": html.escape(title),
        "policy": html.escape(policy, quote=False),
        "style": style,
        "data": safe_json(payload),
        "vis": vis,
        "script": script,
    }
    # One pass: what is put in is never looked at again for places to fill.
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _asset("page.html"))


def safe_json(value: Any) -> str:
    """JSON that can stand inside an HTML script block.

    >>> safe_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda match: _ESCAPES[match[0]], text)


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _app_script() -> str:
    """The modules in one strict scope: each is an ES module for editors and linters; here imports and exports fall away."""
    joined = []
    for name in MODULES:
        text = re.sub(r"^import\b[^;]*;\n", "", _asset(f"js/{name}.js"), flags=re.MULTILINE)
        joined.append(
            re.sub(r"^export (?=(?:async )?(?:function|const|let|class)\b)", "", text, flags=re.MULTILINE)
        )
    script = '(() => {\n"use strict";\n' + "\n".join(joined) + "\n})();\n"
    return _checked(script)


@cache
def _vis_script() -> str:
    text = (resources.files("pyvis") / _VIS).read_text(encoding="utf-8").replace("\r\n", "\n")
    return _checked(re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE))


def _checked(script: str) -> str:
    """A script that would end its own element early would run with another hash than ours: fail where it is made."""
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        raise ValueError("a script of the view contains the end of a script element")
    return script


def _source(text: str) -> str:
    """The CSP source that allows exactly this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
