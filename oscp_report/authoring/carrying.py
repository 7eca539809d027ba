"""The parts of a report that stand from year to year, as next year's file has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from oscp_report.authoring.composing import Noted, Value
from oscp_report.authoring.moving import STILL_SO, Step, Words
from oscp_report.checks.cover import DATE_LABELS
from oscp_report.model import Appendix, Paragraph, Row, Section, Text
from oscp_report.wording import one_line, placeholders

_NAMES_A_PERSON = re.compile(
    r"\b(?:report (?:of|by)|(?:prepared|presented|written) by|authors?|officers?|members?|"
    r"contacts?|councillors?|cllrs?|chair\w*|directors?)\b",
    re.IGNORECASE,
)
_IS_A_PERSON = re.compile(r"\b(?:Councillors?|Cllrs?)\b")
_CHANGES = re.compile(
    r"\b(?:agenda|item|minutes?)\b"
    r"|\b(?:report|plan|paper|document|decision|file|our)\s+(?:no|numbers?|ref|references?)\b"
    r"|^\W*ref(?:erence)?s?\W*\Z",
    re.IGNORECASE,
)
"""Labels of rows that are another number for each meeting."""
_SAYS_WHAT_IT_IS = ("title", "purpose", "subject", "recommend")
"""Beginnings of the labels of rows that say what this report is: their year can be moved on."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """Carries the parts of the last report over, each marked where it may not stand."""

    step: Step

    def said(self, words: Words, *above: str) -> Value:
        """A text with the comments that it needs."""
        last = self.step.last.year
        if words.dropped:
            stood = ", ".join(dict.fromkeys(words.dropped))
            above = (*above, f"??? stands where the report for {last} has {stood}.")
        if words.moved:
            above = (*above, f"The words of the report for {last}, with the year moved on.")
        return Noted(words.text, above) if above else words.text

    def row(self, row: Row) -> dict[str, Value]:
        label, text = row.label.value, row.value.text.value
        plain = label.strip(" *_:").casefold()
        if plain in DATE_LABELS:
            then = f"{one_line(text)} in the report for {self.step.last.year}"
            then = "" if any(placeholders(text)) else then
            return {label: Noted("TODO: the day of the Council meeting", beside=then)}
        if plain.startswith(_SAYS_WHAT_IT_IS):
            words = self.step.heading(text)
        elif _NAMES_A_PERSON.search(label) or _IS_A_PERSON.search(text):
            words = self.step.standing(text, marked=True, mark=STILL_SO)
        else:
            changes = self.step.is_dated(label) or bool(_CHANGES.search(label))
            words = self.step.standing(text, marked=changes)
        return {label: self.paragraph(row.value, words)}

    def paragraph(self, paragraph: Paragraph, words: Words | None = None) -> Value:
        """A paragraph that stands, with its items; ``words`` are its own where they are others."""
        above: tuple[str, ...] = ()
        if table := paragraph.table:
            caption = f"({table.caption.value})" if table.caption else ""
            above = (f"The report for {self.step.last.year} has a table here {caption}",)
        words = words or self.step.standing(paragraph.text.value, marked=bool(paragraph.table))
        text = self.said(words, *above)
        items = [self.paragraph(item) for item in paragraph.items]
        if not (paragraph.id or items):
            return text
        return filled({"id": paragraph.id, "text": text, "items": items})

    def section(self, section: Section) -> Value:
        return filled(
            {
                "id": section.id,
                "heading": self.said(self.step.heading(section.heading.value)),
                "paragraphs": [self.paragraph(paragraph) for paragraph in section.paragraphs],
                "sections": [self.section(below) for below in section.sections],
            }
        )

    def appendices(self, appendices: tuple[Appendix, ...] | Text) -> Value:
        note = f"From the report for {self.step.last.year}: see whether it is right."
        if isinstance(appendices, Text):
            return Noted(self.said(self.step.standing(appendices.value)), (note,))
        return Noted([self._appendix(appendix) for appendix in appendices], (note,))

    def _appendix(self, appendix: Appendix) -> Value:
        file = appendix.file.value if appendix.file else ""
        is_old = self.step.is_dated(file.replace("_", " "))
        title = self.step.standing(appendix.title.value, marked=is_old)
        above = (f"The file of the report for {self.step.last.year} is {file}.",) if is_old else ()
        figures = appendix.figures
        listed: Value = figures if figures == "all" else [text.value for text in figures or ()]
        fields = {"file": "" if is_old else file, "figures": listed}
        if not any(fields.values()):
            return self.said(title, *above)
        return filled({"title": self.said(title, *above), **fields})


def filled(fields: Mapping[str, Value]) -> dict[str, Value]:
    """The fields that hold something."""
    return {name: value for name, value in fields.items() if value}
