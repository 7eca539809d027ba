"""Rules about references in text: that they name something, and that it can be printed."""

from __future__ import annotations

from collections.abc import Iterator

from oscp_report.checks.passages import BODY_FIELDS, braces, references
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.printed import paragraphs_of, sections_of
from oscp_report.references import StrayBrace
from oscp_report.wording import LARGEST_IN_WORDS, nearest, quoted, separated

WORDS = "words"
_KINDS = ("para", "priority")


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
        kind = nearest(piece.target, _KINDS) if piece.form else ""
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


@rule("REF104", "error")
def unknown_form(subject: Subject) -> Iterator[Finding]:
    """Reference in a form that the program does not know.

    ## What it does
    Finds references such as `{sharps-collected:wrods}`. The one word that may follow the colon
    is `words`.

    ## Why it matters
    The number would be printed in another way than was meant.

    ## How to fix it
    Write `{sharps-collected}` for the number in digits, `{sharps-collected:words}` for words.
    """
    for piece, found in references(subject):
        if piece.kind != "figure" or piece.form in ("", WORDS):
            continue
        if piece.target in subject.report.figures or not nearest(piece.target, _KINDS):
            yield Finding(
                found.location,
                f"a figure has no form `{piece.form}`",
                fix=f"write `{{{piece.target}:{WORDS}}}`, or `{{{piece.target}}}` for digits",
                about=piece.target,
            )


@rule("REF105", "error", needs=("figures",))
def number_without_words(subject: Subject) -> Iterator[Finding]:
    """Number that cannot be written in words.

    ## What it does
    Finds `{...:words}` for a figure that is no whole number, is below nought or over 999,999.

    ## Why it matters
    Such a number would lose its decimals, or could not be printed at all.

    ## How to fix it
    Take `:words` out, so that the number is printed in digits.
    """
    for piece, found in references(subject):
        figure = subject.report.figures.get(piece.target)
        if piece.kind != "figure" or piece.form != WORDS or not figure or figure.value is None:
            continue
        value = figure.value
        if value != value.to_integral_value() or not 0 <= value <= LARGEST_IN_WORDS:
            yield Finding(
                found.location,
                f"figure `{figure.id}`, {separated(value)}, cannot be written in words",
                fix=f"write `{{{figure.id}}}` for digits",
                about=figure.id,
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


@rule("REF107", "error", needs=("figures",))
def reference_without_value(subject: Subject) -> Iterator[Finding]:
    """Reference to a figure that has no value yet.

    ## What it does
    Finds references to figures whose number is not given.

    ## Why it matters
    There is nothing to print in its place, and nought would be untrue.

    ## How to fix it
    Give the figure its `value:`, or reword the text until it is known.
    """
    for piece, found in references(subject):
        figure = subject.report.figures.get(piece.target)
        if piece.kind == "figure" and figure is not None and figure.value is None:
            yield Finding(
                found.location,
                f"figure `{figure.id}` has no value to print",
                fix="give it its `value:`, or reword the text until it is known",
                about=figure.id,
            )
