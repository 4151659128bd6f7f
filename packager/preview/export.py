"""One self-contained page: the model, the styles and the script in a file that asks nobody for anything."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parent / "static"
# Each module stands behind those that it imports; their top-level names differ, so that they can share one scope.
MODULES = ("dom.js", "server.js", "rows.js", "inputs.js", "fields.js", "graph.js", "panels.js", "page.js")
IMPORT = re.compile(r"^import .*? from \"\./[a-z]+\.js\";\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=const |function |async function )", re.MULTILINE)
SCRIPT_TAG = '<script type="module" src="static/page.js"></script>'
STYLE_TAG = '<link rel="stylesheet" href="static/page.css">'


def exported_page(model: Mapping[str, Any]) -> str:
    """The page as a read-only HTML file of this moment."""
    script, style = joined_script(), (STATIC / "page.css").read_text(encoding="utf-8")
    policy = f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; img-src data:"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    # "<" would let a text of the model end the script element that it stands in.
    data = json.dumps(model, ensure_ascii=False).replace("<", "\\u003c")
    page = (STATIC / "page.html").read_text(encoding="utf-8")
    page = page.replace("<meta charset", f"{meta}\n<meta charset", 1)
    page = page.replace(STYLE_TAG, f"<style>{style}</style>", 1).replace(SCRIPT_TAG, "", 1)
    tail = (
        f'<script type="application/json" id="model">{data}</script>\n<script type="module">{script}</script>\n</body>'
    )
    before, end, after = page.rpartition("</body>")
    return f"{before}{tail}{after}" if end else page


def joined_script() -> str:
    """All modules of the page as one."""
    texts = ((STATIC / name).read_text(encoding="utf-8") for name in MODULES)
    return "\n".join(EXPORT.sub("", IMPORT.sub("", text)) for text in texts)


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
