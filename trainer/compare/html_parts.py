"""Pieces of the report's page: tables, the matrix, the style. All text that goes in is escaped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape as escape

import numpy as np
import numpy.typing as npt

STYLE = """
:root{--ink:#1b1f23;--soft:#57606a;--paper:#fff;--line:#d0d7de;--tint:#f3f5f7;--blue:0,114,178;
--warn:#8a4b00;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8ea;--soft:#a0a8b0;--paper:#16191c;
--line:#3a4047;--tint:#1f2428;--blue:86,170,230;--warn:#f0b35a}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:2rem auto;
max-width:1200px;padding:0 1.2rem}
h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.2rem;margin-top:2.2rem}
h3{font-size:1rem;margin-top:1.4rem}p,li{max-width:75ch}.soft{color:var(--soft)}
.flag{color:var(--warn)}.wide{overflow-x:auto}
table{border-collapse:collapse;margin:.6rem 0;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding-bottom:.2rem}
th,td{border-bottom:1px solid var(--line);padding:.25rem .6rem;text-align:right;vertical-align:top;}
td{white-space:nowrap}
th:first-child,td:first-child,td.text,th.text{text-align:left}thead th{background:var(--tint)}
th.text,td.text{white-space:normal;overflow-wrap:break-word;min-width:6.5rem;max-width:26rem}
.matrix td{text-align:center;min-width:3.4rem}
svg{width:100%;max-width:820px;height:auto;font:12px system-ui,sans-serif;fill:var(--ink)}
svg .grid{stroke:var(--line);stroke-width:1}svg .axis{fill:none;stroke:var(--soft)}
svg .line{fill:none;stroke-width:2.2}svg .mark{fill:none;stroke:var(--soft);stroke-dasharray:4 3}
.grid2{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(520px,100%),1fr));gap:1.2rem}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}table,svg{break-inside:avoid}}
"""


def page(title: str, body: Sequence[str]) -> str:
    """Return a whole HTML page that loads nothing and runs nothing."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        # Nothing may be fetched or run, even if a hostile name slipped through.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str = "",
    text_columns: Sequence[int] = (0,),
) -> str:
    """Return a table of texts.

    Args:
        header: Column titles.
        rows: Cells.
        caption: Above it.
        text_columns: Which columns are words, not numbers.
    """

    def cells(kind: str, texts: Sequence[str]) -> str:
        return "".join(
            f"<{kind}{_class(place in text_columns)}>{escape(text)}</{kind}>"
            for place, text in enumerate(texts)
        )

    head = f"<thead><tr>{cells('th', header)}</tr></thead>"
    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f'<div class="wide"><table>{above}{head}<tbody>{body}</tbody></table></div>'


def _class(is_text: bool) -> str:
    return ' class="text"' if is_text else ""


def matrix(
    counts: npt.NDArray[np.int64], row_percent: npt.NDArray[np.float64], names: Sequence[str]
) -> str:
    """Return a confusion matrix: row percent ("-" for NaN), counts below it, tinted by percent."""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = []
    for row, name in enumerate(names):
        cells = []
        for column in range(len(names)):
            share = float(row_percent[row, column])
            # Never so dark that the ink cannot be read, on white paper or on black.
            tint = 0.55 * share / 100 if math.isfinite(share) else 0.0
            style = f"background:rgba(var(--blue),{tint:.2f})"
            images = f"<small>{counts[row, column]:,}</small>"
            cells.append(f'<td style="{style}">{number(share, 0)}<br>{images}</td>')
        rows.append(f"<tr><th>{escape(name)}</th>{''.join(cells)}</tr>")
    return (
        '<div class="wide"><table class="matrix"><caption>Rows: label; columns: answer; percent '
        f"of the row, images below</caption><thead><tr><th></th>{head}</tr></thead><tbody>"
        f"{''.join(rows)}</tbody></table></div>"
    )


def paragraph(text: str, kind: str = "") -> str:
    """Return ``<p>``."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def bullets(texts: Sequence[str]) -> str:
    """Return ``<ul>``."""
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>" if texts else ""


def percent(value: float, digits: int = 1) -> str:
    """Return a fraction in percent, "-" where there is none."""
    return f"{100 * value:.{digits}f} %" if math.isfinite(value) else "-"


def with_interval(value: float, low: float, high: float) -> str:
    """Return "66.7 % (65.1 to 68.2)"."""
    return f"{percent(value)} ({100 * low:.1f} to {100 * high:.1f})"


def number(value: float, digits: int = 2) -> str:
    """Return a number, "-" where there is none."""
    return f"{value:,.{digits}f}" if math.isfinite(value) else "-"
