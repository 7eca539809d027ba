"""The section "We said, we did": what was announced for this year, and where it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from oscp_report.comparison.priorities import Answer, answers
from oscp_report.document.numbering import Numbered, number_report
from oscp_report.document.prose import Prose, prose_of
from oscp_report.model import Report, Text
from oscp_report.printed import sections_of
from oscp_report.wording import snippet

HEADING = "We said, we did"
ANCHOR = "we_said_we_did"
NOT_ANSWERED = "This report does not answer it."
NOT_WRITTEN = "(still to be written)"
LONGEST_START = 60
"""Characters of a paragraph without a number that a link to it shows."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A paragraph that is referred to, after the words ``before`` it."""

    before: str
    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A priority as it was announced, with its parts.

    ``unanswered`` says so where no paragraph answers it yet, and is empty otherwise.
    """

    said: str
    parts: tuple[str, ...]
    links: tuple[LinkView, ...]
    unanswered: str


@dataclass(frozen=True, slots=True)
class AnswersView:
    """The section.

    It stands before that of ``first_answer``, the anchor of the first theme (empty: there is none).
    """

    heading: str
    anchor: str
    said_heading: str
    did_heading: str
    first_answer: str
    answers: tuple[AnswerView, ...]


def view_answers(
    report: Report,
    history: Sequence[Report],
    numbered: Sequence[Sequence[Numbered]],
    prose: Prose,
) -> AnswersView | None:
    """The section; None where it is not asked for, or the last report announced nothing.

    ``history`` are the reports of earlier years, oldest first; ``numbered`` the paragraphs of each
    section of ``sections_of(report)``; ``prose`` formats this report.
    """
    last = next((one for one in reversed(history) if answers(one, report)), None)
    if not report.answers or last is None or last.next_priorities is None:
        return None
    themes = _theme_paragraphs(report, numbered)
    announced = zip(last.next_priorities.items, answers(last, report), strict=True)
    position = history.index(last)
    said_then = prose_of(last, history[:position], number_report(last))
    return AnswersView(
        heading=HEADING,
        anchor=ANCHOR,
        said_heading=f"What we said in {last.year} that we would do",
        did_heading="Where this report answers it",
        first_answer=themes[0].anchor if themes else "",
        answers=tuple(
            AnswerView(
                said=_said(priority.title, said_then),
                parts=tuple(_said(item.text, said_then) for item in priority.items),
                links=_links([themes[place] for place in answer.themes], prose),
                unanswered=_unanswered(answer),
            )
            for priority, answer in announced
        ),
    )


def _unanswered(answer: Answer) -> str:
    if not answer.themes:
        return NOT_ANSWERED
    return NOT_WRITTEN if answer.themes == answer.unwritten else ""


def _theme_paragraphs(report: Report, numbered: Sequence[Sequence[Numbered]]) -> Sequence[Numbered]:
    """The numbered paragraphs that the themes are printed as, in their order."""
    place = report.achievements.location
    pairs = zip(sections_of(report), numbered, strict=True)
    return next((found for section, found in pairs if section.location == place), ())


def _said(text: Text, prose: Prose) -> str:
    """The words of last year's report, without the semicolon or stop that ended them in its list.

    That report was not checked with this one: what it cannot write out stands as it was typed.
    """
    try:
        said = prose.line(text).striptags()
    except (KeyError, ValueError):
        said = " ".join(text.value.split())
    return said.rstrip(" ;.,").removesuffix("; and")


def _links(paragraphs: Sequence[Numbered], prose: Prose) -> tuple[LinkView, ...]:
    """``Paragraph 8``; ``Paragraphs 8, 9 and 11``; their first words where they have no numbers."""
    links = []
    for index, paragraph in enumerate(paragraphs):
        before = ", "
        if index == 0:
            before = "Paragraph " if len(paragraphs) == 1 else "Paragraphs "
        elif index == len(paragraphs) - 1:
            before = " and "
        links.append(
            LinkView(before, paragraph.anchor, paragraph.label or _start(paragraph, prose))
        )
    return tuple(links)


def _start(paragraph: Numbered, prose: Prose) -> str:
    words = prose.html(paragraph.paragraph.text).striptags()
    return f"“{snippet(words, LONGEST_START)}”"
