"""Conditions on fonts, as far as they show outside the fonts' own programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from oscp_report.inspection.excerpts import shown
from oscp_report.inspection.fontmaps import Font
from oscp_report.inspection.objects import is_stream, name, unpacked, value
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject

NO_CHARACTERS = "\0\ufeff\ufffe"
# ISO 32000-1, table 118: character maps that every reader has.
_PREDEFINED_STARTS = (
    "Identity GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16 B5pc HKscs-B5 ETen-B5 "
    "ETenms-B5 CNS-EUC UniCNS-UCS2 UniCNS-UTF16 83pv-RKSJ 90ms-RKSJ 90msp-RKSJ 90pv-RKSJ Add-RKSJ "
    "EUC Ext-RKSJ UniJIS-UCS2 UniJIS-UCS2-HW UniJIS-UTF16 KSC-EUC KSCms-UHC KSCms-UHC-HW KSCpc-EUC "
    "UniKS-UCS2 UniKS-UTF16"
).split()
PREDEFINED = frozenset(
    {"H", "V"} | {f"{start}-{way}" for start in _PREDEFINED_STARTS for way in "HV"}
)


def _shown_fonts(subject: Subject) -> list[tuple[int, Font]]:
    """The fonts in which something can be seen, each with the first page."""
    return [(page, font) for page, font in subject.contents.fonts.values() if font.codes]


def _has_text(subject: Subject) -> bool:
    return bool(_shown_fonts(subject))


def _has_composite(subject: Subject) -> bool:
    return any(font.subtype == "Type0" for _, font in _shown_fonts(subject))


def _faulty(subject: Subject, faulty: Callable[[Font], bool], fault: str) -> Iterator[Finding]:
    for page, font in _shown_fonts(subject):
        if faulty(font):
            yield Finding(page, "", f"font `{shown(font.called)}` {fault}")


@condition("INS501", "PDF/UA-1", "31-005", clause="7.21.3.2", applies=_has_composite)
def glyphs_mapped(subject: Subject) -> Iterator[Finding]:
    """Every font that is numbered by glyph says how.

    ## Why it matters
    Programs that guess show other letters than were written.

    ## How to fix it
    Make the PDF again with a program that embeds fonts in full form.
    """

    def faulty(font: Font) -> bool:
        inner = font.descendant
        numbered = font.subtype == "Type0" and name(value(inner, "Subtype")) == "CIDFontType2"
        held = value(inner, "CIDToGIDMap")
        return numbered and font.embedded and name(held) != "Identity" and not is_stream(held)

    yield from _faulty(subject, faulty, "does not say which glyph is which (CIDToGIDMap)")


@condition("INS502", "PDF/UA-1", "31-006", clause="7.21.3.3", applies=_has_composite)
def code_maps(subject: Subject) -> Iterator[Finding]:
    """Every font's table of codes is in the file, or one that all programs have.

    ## Why it matters
    Without the table nobody can tell which letters were written.

    ## How to fix it
    Make the PDF again with a program that embeds the table (CMap).
    """

    def faulty(font: Font) -> bool:
        held = value(font.raw, "Encoding")
        return font.subtype == "Type0" and not is_stream(held) and name(held) not in PREDEFINED

    yield from _faulty(subject, faulty, "uses a table of codes that is not in the file (CMap)")


@condition("INS503", "PDF/UA-1", "31-009", clause="7.21.4.1", applies=_has_text)
def embedded(subject: Subject) -> Iterator[Finding]:
    """Every font that is seen is in the file.

    ## Why it matters
    A machine without the font shows another one, and sometimes other letters.

    ## How to fix it
    Switch on the embedding of all fonts when the PDF is made.
    """

    def faulty(font: Font) -> bool:
        return font.subtype != "Type3" and font.visible and not font.embedded

    yield from _faulty(subject, faulty, "is not in the file")


@condition("INS504", "PDF/UA-1", "31-027", clause="7.21.7", applies=_has_text)
def characters_known(subject: Subject) -> Iterator[Finding]:
    """Every letter that is shown can be read out.

    ## Why it matters
    A page can show a letter without saying which one; then nothing can be read out or found.

    ## How to fix it
    Make the PDF again with a program that writes the characters of each font (ToUnicode).
    """
    for page, font in _shown_fonts(subject):
        # A simple font may leave to its encoding what it does not map.
        if font.knows_characters:
            continue
        if unpacked(value(font.raw, "ToUnicode")) is None:
            said = "does not say which letters it shows"
        elif lost := font.codes - font.mapped.keys():
            said = f"does not say which letters {len(lost)} of its signs are"
        else:
            continue
        yield Finding(page, "", f"font `{shown(font.called)}` {said}")


@condition("INS505", "PDF/UA-1", "31-028", "31-029", clause="7.21.7", applies=_has_text)
def characters_exist(subject: Subject) -> Iterator[Finding]:
    """No letter that is shown is said to be a character that does not exist.

    ## Why it matters
    A reader says nothing, or stumbles.

    ## How to fix it
    Make the PDF again; the program that wrote it gave a letter a false code.
    """

    def faulty(font: Font) -> bool:
        said = (font.mapped.get(code, "") for code in font.codes)
        return any(sign in NO_CHARACTERS for characters in said for sign in characters)

    yield from _faulty(subject, faulty, "says of a letter that it is a character that is none")


@condition("INS506", "PDF/UA-1", "31-011", "31-030", clause="7.21.8", applies=_has_composite)
def no_missing_glyph(subject: Subject) -> Iterator[Finding]:
    """No character is shown as the empty box that stands for a missing one.

    ## Why it matters
    Nobody can read it, with eyes or ears.

    ## How to fix it
    Use a font that has the character, or another character.
    """
    for first, font in _shown_fonts(subject):
        for code in sorted(font.codes & font.missing):
            sign = font.mapped.get(code, "")
            page = _page_of(subject, sign) or first
            yield Finding(page, "", f"font `{shown(font.called)}` has no drawing {_for(sign)}")


def _page_of(subject: Subject, sign: str) -> int | None:
    """The first page where a text has the character; None if it is a character of none."""
    pieces = subject.contents.pieces.values()
    return min((piece.page for piece in pieces if sign and sign in piece.text), default=None)


def _for(sign: str) -> str:
    if not sign:
        return "for one of the characters, and shows an empty box"
    codes = " ".join(f"U+{ord(each):04X}" for each in sign)
    return f"for {f'`{sign}` ({codes})' if sign.isprintable() else codes}, and shows an empty box"
