"""A briefing as a page of HTML: whole in itself, without a script, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from oscp_report.briefing.parts import Briefing, Item, Section
from oscp_report.comparison.texts import Run

_STYLE = """\
body { font: 1.125rem/1.5 Arial, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem;
  color: #0b0c0c; background: #fff; overflow-wrap: anywhere }
h1 { font-size: 1.75rem; line-height: 1.25 }
h2 { font-size: 1.375rem; margin-top: 2rem }
li { margin-bottom: 0.5rem }
li ul { margin-top: 0.25rem }
del { color: #942514; text-decoration: line-through }
ins { color: #005a30; text-decoration: underline; font-weight: bold }
@media print { body { font-size: 12pt; margin: 0 } h2 { break-after: avoid } }
"""

_TAGS = {"removed": ("<del>[−", "−]</del>"), "added": ("<ins>[+", "+]</ins>")}

KEY = (
    "Words taken out are struck through, <del>[−so−]</del>; words put in are underlined, "
    "<ins>[+so+]</ins>."
)


def as_html(briefing: Briefing) -> str:
    """The whole page; every text in it is escaped."""
    title = escape(briefing.title)
    key = f"<p>{KEY}</p>\n" if briefing.has_marks else ""
    sections = "".join(map(_section, briefing.sections))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n<p>{escape(briefing.summary)}</p>\n{key}{sections}"
        "</main>\n</body>\n</html>"
    )


def _section(section: Section) -> str:
    items = "".join(f"<li>{''.join(_item(item))}</li>\n" for item in section.items)
    return f"<h2>{escape(section.heading)}</h2>\n<ul>\n{items}</ul>\n"


def _item(item: Item) -> Iterator[str]:
    if item.head:
        yield f"<strong>{escape(item.head)}:</strong> "
    yield " ".join(map(_run, item.runs))
    if item.notes:
        yield f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in item.notes)}</ul>"


def _run(run: Run) -> str:
    before, after = _TAGS.get(run.kind, ("", ""))
    return f"{before}{escape(run.text)}{after}"
