"""Rules about references in text: that they name something, and that it can be printed."""

from __future__ import annotations

from collections.abc import Iterator

from oscp_report.checks.passages import BODY_FIELDS, braces, references
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.printed import paragraphs_of, sections_of
from oscp_report.references import StrayBrace
from oscp_report.wording import nearest, quoted

KINDS = ("para", "priority")
"""What may stand before the colon of a reference, if not a figure."""


@rule("REF101", "error", needs=("figures",))
def unknown_figure(subject: Subject) -> Iterator[Finding]:
    """Reference to a figure that is not there.

    ## What it does
    Finds references such as `{sharps-colected}` for which there is no figure of that id.

    ## Why it matters
    The report cannot write out a number that it does not have.

    ## How to fix it
    Correct the id, or add the figure under `figures:`. A paragraph is referred to by
    `{para:its-id}`, a priority by `{priority:its-id}`.
    """
    figures = subject.report.figures
    numbered = {paragraph.id for paragraph in paragraphs_of(subject.report)} - {""}
    for piece, found in references(subject):
        if piece.kind != "figure" or piece.target in figures:
            continue
        kind = nearest(piece.target, KINDS) if piece.form else ""
        near = nearest(piece.target, figures)
        if kind:
            fix = f"did you mean `{{{kind}:{piece.form}}}`?"
        elif piece.target in numbered:
            fix = f"did you mean `{{para:{piece.target}}}`?"
        elif near:
            fix = f"did you mean `{{{near}}}`?"
        else:
            fix = f"add `{piece.target}:` under `figures:`, or correct the reference"
        yield Finding(
            found.location, f"there is no figure `{piece.target}`", fix, about=piece.target
        )


@rule("REF102", "error", needs=BODY_FIELDS)
def unknown_paragraph(subject: Subject) -> Iterator[Finding]:
    """Reference to a paragraph that is not there.

    ## What it does
    Finds references such as `{para:hate-crime-plann}` for which no paragraph, theme,
    achievement, item or priority has that id. Where next year's priorities carry on an id of
    this year's, the reference means this year's.

    ## Why it matters
    The report cannot print the number of a paragraph that it does not have.

    ## How to fix it
    Correct the id, or give the paragraph one:

    ```yaml
    - id: hate-crime-plan
      text: Developed a local hate crime action plan.
    ```
    """
    numbered = {paragraph.id for paragraph in paragraphs_of(subject.report)} - {""}
    headings = {section.id for section in sections_of(subject.report)} - {""}
    for piece, found in references(subject):
        if piece.kind != "para" or piece.target in numbered:
            continue
        near = nearest(piece.target, numbered)
        if piece.target in headings:
            fix = "that is a section, which has no number: give one of its paragraphs an `id`"
        elif piece.target in subject.report.figures:
            fix = f"that is a figure: write `{{{piece.target}}}`"
        elif near:
            fix = f"did you mean `{{para:{near}}}`?"
        else:
            fix = f"give the paragraph that is meant `id: {piece.target}`"
        message = f"there is no numbered paragraph `{piece.target}`"
        yield Finding(found.location, message, fix, about=piece.target)


@rule("REF103", "error", needs=("priorities",))
def unknown_priority_in_reference(subject: Subject) -> Iterator[Finding]:
    """Reference to a priority that is not there.

    ## What it does
    Finds references such as `{priority:street-cultur}` for which none of this year's priorities
    has that id.

    ## Why it matters
    The report cannot print the words of a priority that it does not have.

    ## How to fix it
    Use the id of one of the `priorities:` of the same file.
    """
    report = subject.report
    known = {priority.id for priority in report.priorities.items} - {""}
    following = report.next_priorities.items if report.next_priorities else ()
    for piece, found in references(subject):
        if piece.kind != "priority" or piece.target in known:
            continue
        near = nearest(piece.target, known)
        if any(priority.id == piece.target for priority in following):
            fix = f"it is one of next year's: write `{{para:{piece.target}}}` for its number"
        elif near:
            fix = f"did you mean `{{priority:{near}}}`?"
        else:
            fix = "use the id of one of the `priorities:`"
        yield Finding(
            found.location, f"there is no priority `{piece.target}`", fix, about=piece.target
        )


@rule("REF106", "error")
def stray_brace(subject: Subject) -> Iterator[Finding]:
    """Brace that is no reference.

    ## What it does
    Finds an opening brace, alone or with something in it that cannot be a reference, such as
    `{}`, `{Sharps Collected}` or `{sharps-collected` without its end.

    ## Why it matters
    The braces would be printed as they were typed.

    ## How to fix it
    Correct the reference, or write `{{` for a brace that is meant to be printed.
    """
    paragraphs = (paragraph.id for paragraph in paragraphs_of(subject.report) if paragraph.id)
    ids = {*subject.report.figures, *(f"para:{name}" for name in paragraphs)}
    for found in braces(subject):
        if isinstance(found.piece, StrayBrace):
            raw = found.piece.raw
            near = nearest("-".join(raw.strip("{} ").split()), ids)
            fix = f"did you mean `{{{near}}}`? " if near else ""
            brace = "for a brace that is printed, write `{{`"
            message = f"{quoted(raw)} is not a reference"
            if raw == "{":
                message = "this brace opens a reference that does not end"
            yield Finding(found.location, message, fix=f"{fix}{brace}", about=raw)


@rule("REF109", "error", needs=BODY_FIELDS)
def paragraph_without_number(subject: Subject) -> Iterator[Finding]:
    """Reference to the number of a paragraph in a report without numbers.

    ## What it does
    Finds `{para:...}` in a report with `numbering: none`.

    ## Why it matters
    There is no number to print in its place.

    ## How to fix it
    Name the paragraph in words, or number the paragraphs: `numbering: running`.
    """
    if subject.report.numbering != "none":
        return
    for piece, found in references(subject):
        if piece.kind == "para":
            yield Finding(
                found.location,
                f"`{piece.raw}` has no number to print: this report does not number its paragraphs",
                fix="name the paragraph in words, or write `numbering: running`",
                about=piece.target,
            )
