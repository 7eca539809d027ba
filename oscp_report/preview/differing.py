"""The page with what changed since another version: words put in and taken out, where they stand.

The texts are compared as a reader reads them, figures and references written out; which is which
is told by the comparison's own rules, by id and then by likeness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from oscp_report.comparison.passages import Kind, Passage, Texts
from oscp_report.comparison.texts import TextChanges, compare_texts
from oscp_report.document.notices import CorrectionView
from oscp_report.document.numbering import number_report
from oscp_report.document.tables import HeadView, TableView
from oscp_report.document.views import ItemView, PapersView, ReportView, RowView, SectionView
from oscp_report.document.year_on_year import FigureView, YearOnYearView
from oscp_report.listing import counted
from oscp_report.model import Report
from oscp_report.preview.marking import marked, with_gone, words_of
from oscp_report.preview.unmarked import unmarked


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a view for one text. ``key`` is what it is matched by, or empty.

    ``holds_more`` tells that what is gone may be shown after it.
    """

    kind: Kind
    key: str = ""
    label: str = ""
    holds_more: bool = False


Visit = Callable[[Slot, Markup], Markup]


@dataclass(frozen=True, slots=True)
class Difference:
    """A view with its changes marked, and what they come to in words.

    ``texts`` tells of those that can be marked, and is empty where none changed; ``elsewhere``
    names what else on the page did.
    """

    view: ReportView
    texts: str
    elsewhere: tuple[str, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether nothing is known to have changed."""
        return not self.texts and not self.elsewhere

    @property
    def told(self) -> str:
        """All that changed, in the middle of a sentence."""
        if not self.elsewhere:
            return self.texts or "no words changed"
        also = "changed as well" if self.texts else "changed"
        named = ", ".join(self.elsewhere)
        return f"{self.texts or 'no words changed in the texts'}; {also}, without a mark: {named}"


def differing(
    old: tuple[Report, ReportView], new: tuple[Report, ReportView], history: Sequence[Report]
) -> Difference:
    """The new view with what changed since the old one; ``history`` are earlier years' reports."""
    before, after = (_passages(view, _keys(report, history)) for report, view in (old, new))
    changes = compare_texts(before, after)
    runs = {c.after.position: c.runs for c in changes.changes if c.after is not None}
    gone = _gone(before, after, changes)
    keys = _keys(new[0], history)
    number = -1

    def mark(slot: Slot, html: Markup) -> Markup:
        nonlocal number
        number += 1
        if number in runs:
            html = marked(html, runs[number])
        for words in gone.get(number, ()):
            html = with_gone(html, words)
        return html

    view = rewritten(new[1], keys, mark)
    return Difference(view, _told(changes), unmarked(old[1], new[1]))


def _told(changes: TextChanges) -> str:
    kinds = [change.kind for change in changes.changes]
    verbs = (("changed", "changed"), ("added", "put in"), ("removed", "taken out"))
    parts = [f"{counted(kinds.count(k), 'text')} {verb}" for k, verb in verbs if k in kinds]
    if changes.is_rearranged:
        parts.append("some stand elsewhere")
    return ", ".join(parts)


def _passages(view: ReportView, keys: Mapping[str, str]) -> list[Passage]:
    found: list[Passage] = []

    def look(slot: Slot, html: Markup) -> Markup:
        words = words_of(html)
        label = slot.label if slot.kind == "row" else ""
        found.append(Passage(slot.kind, words, words, slot.key, label, position=len(found)))
        hosts.append(slot.holds_more)
        return html

    hosts: list[bool] = []
    rewritten(view, keys, look)
    # A level tells of itself nothing here, and holds whether what is gone may follow.
    return [replace(passage, level=int(host)) for passage, host in zip(found, hosts, strict=True)]


def _gone(
    before: Sequence[Passage], after: Sequence[Passage], changes: TextChanges
) -> dict[int, list[str]]:
    """The texts that are gone, by the number of the text that they are shown after."""
    kept = _kept(before, after, changes)
    hosts = [passage.position for passage in after if passage.level]
    gone = defaultdict(list)
    host = hosts[0] if hosts else -1
    removed = {c.before.position for c in changes.changes if c.before and c.after is None}
    for passage in before:
        if passage.position in removed:
            if host >= 0 and passage.words:
                gone[host].append(passage.words)
        elif (place := kept.get(passage.position)) is not None:
            host = max((at for at in hosts if at <= place), default=host)
    return gone


def _kept(
    before: Sequence[Passage], after: Sequence[Passage], changes: TextChanges
) -> dict[int, int]:
    """The numbers of the texts that are still there, before and after."""
    pairs = [(c.before.position, c.after.position) for c in changes.changes if c.before and c.after]
    ours = {c.before.position for c in changes.changes if c.before}
    theirs = {c.after.position for c in changes.changes if c.after}
    same: dict[object, list[int]] = defaultdict(list)
    for passage in reversed(after):
        if passage.position not in theirs:
            same[passage.kind, passage.typed, passage.label].append(passage.position)
    for passage in before:
        places = same[passage.kind, passage.typed, passage.label]
        if passage.position not in ours and places:
            pairs.append((passage.position, places.pop()))
    return dict(pairs)


def _keys(report: Report, history: Sequence[Report]) -> dict[str, str]:
    """What the paragraphs are matched by, by their anchors; as the comparison of reports does."""
    walked = [each for section in number_report(report) for top in section for each in top.walk()]
    keys = {p.position: p.key for p in Texts(report, history).body() if p.kind == "paragraph"}
    return {
        each.anchor: keys.get(number, "")
        or (each.paragraph.id and f"paragraph {each.paragraph.id}")
        for number, each in enumerate(walked)
    }


def rewritten(view: ReportView, keys: Mapping[str, str], visit: Visit) -> ReportView:
    """The view with what ``visit`` makes of each text, in printed order."""
    walk = _Walk(keys, visit)
    return replace(
        view,
        draft_notice=walk.plain(view.draft_notice, "the draft's notice"),
        corrections=tuple(map(walk.correction, view.corrections)),
        cover=walk.rows(view.cover, "cover"),
        summary=walk.rows(view.summary, "summary"),
        appendices=walk.papers(view.appendices, "appendices"),
        sections=tuple(map(walk.section, view.sections)),
        contacts=tuple(walk.rows(rows, "contact") for rows in view.contacts),
        background_papers=walk.papers(view.background_papers, "background papers"),
        year_on_year=tuple(map(walk.appendix, view.year_on_year)),
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    keys: Mapping[str, str]
    visit: Visit

    def plain(self, text: str, key: str = "") -> str:
        """A text of the program's own, or of a figure: escaped where it is printed. May be empty.

        Nothing is marked where nothing is printed: what is gone is shown at the next text.
        """
        return text and self.visit(Slot("table", key), Markup.escape(text))

    def correction(self, view: CorrectionView) -> CorrectionView:
        slot = Slot("table")
        heading = self.plain(view.heading)
        return CorrectionView(heading, self.visit(slot, view.what), self.visit(slot, view.why))

    def rows(self, rows: Sequence[RowView], part: str) -> tuple[RowView, ...]:
        seen: list[str] = []
        return tuple(self._row(row, part, seen) for row in rows)

    def _row(self, row: RowView, part: str, seen: list[str]) -> RowView:
        label = row.label.casefold()
        slot = Slot("row", f"{part} {label} {seen.count(label)}", row.label, not row.is_title)
        seen.append(label)
        html = self.visit(slot, row.html)
        return replace(row, html=html, items=tuple(map(self.item, row.items)))

    def papers(self, papers: PapersView | None, part: str) -> PapersView | None:
        if papers is None:
            return None
        slots = (Slot("row", "", part, holds_more=True) for _ in papers.texts)
        return replace(papers, texts=tuple(map(self.visit, slots, papers.texts)))

    def section(self, section: SectionView) -> SectionView:
        own = "" if "_" in section.anchor else f"section {section.anchor}"
        heading = self.visit(Slot("heading", own), section.heading) if section.heading else None
        return replace(
            section,
            heading=heading or section.heading,
            items=tuple(map(self.item, section.items)),
        )

    def item(self, item: ItemView) -> ItemView:
        key = self.keys.get(item.anchor, "")
        html = self.visit(Slot("paragraph", key, holds_more=True), item.html)
        table = self._table(item.table, key) if item.table else None
        return replace(item, html=html, table=table, items=tuple(map(self.item, item.items)))

    def _table(self, table: TableView, key: str) -> TableView:
        caption = self.visit(Slot("table", key and f"table {key}"), table.caption)
        heads = tuple(
            tuple(self._head(head, key and f"head {key} {row} {n}") for n, head in enumerate(heads))
            for row, heads in enumerate(table.heads)
        )
        rows = []
        for first, cells in table.rows:
            name = key and f"table {key} {words_of(first)}"
            head = self.visit(Slot("table", name), first)
            changed = tuple(
                replace(cell, html=self.visit(Slot("table", name and f"{name} {n}"), cell.html))
                for n, cell in enumerate(cells)
            )
            rows.append((head, changed))
        return replace(table, caption=caption, heads=heads, rows=tuple(rows))

    def _head(self, head: HeadView, key: str) -> HeadView:
        return replace(head, html=self.visit(Slot("table", key), head.html))

    def appendix(self, view: YearOnYearView) -> YearOnYearView:
        rows = tuple(map(self._figure, view.rows))
        notes = tuple(
            replace(note, text=self.visit(Slot("table", f"note {note.label}"), note.text))
            for note in view.notes
        )
        return replace(view, rows=rows, notes=notes)

    def _figure(self, row: FigureView) -> FigureView:
        def seen(name: str, text: str) -> str:
            return self.plain(text, f"figure {row.label} {name}")

        return replace(
            row,
            label=self.plain(row.label),
            this_year=seen("this year", row.this_year),
            last_year=seen("last year", row.last_year),
            change=seen("change", row.change),
            judged=seen("judged", row.judged),
            source=seen("source", row.source),
        )
