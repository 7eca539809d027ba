"""What a row of a spreadsheet says, as a figure's fields hold it; or why they cannot."""

from __future__ import annotations

import re
from decimal import Decimal

from oscp_report.authoring.rows import Row
from oscp_report.reading.scalars import day, number
from oscp_report.wording import snippet

NO_VALUE = {"[x]": "not-available", "[z]": "not-applicable", "[c]": "confidential"}
_UNITS = {"percent": "a percentage", "pounds": "an amount in pounds"}
_SHORTHAND = re.compile(
    r"\[\w+\]|[.:*~?\W]+|n/?a|n\.a\.?|tb[ac]|[xzcs]|none|nil|low", re.IGNORECASE
)
_BESIDE = re.compile(r".*\d\s*(?P<sign>\[(?P<letter>[a-z])\])", re.IGNORECASE)
_BESIDE_FIELDS = {"p": "provisional: yes", "b": "break:", "r": "revised:"}
_MARKS_FIX = "write `[x]` for not available, `[z]` for not applicable, `[c]` for confidential"


class Unfit(Exception):
    """A row cannot be used; ``fix`` says what to do about it."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


def number_text(row: Row, name: str, unit: str) -> str:
    """A row's number as the file holds it.

    Raises:
        Unfit: it is no number, or one in another unit than its figure's.
    """
    value = snippet(row.value)
    if row.number is None:
        beside = _BESIDE.fullmatch(row.value)
        if beside:
            own = _BESIDE_FIELDS.get(beside["letter"].lower())
            fix = "write the number alone"
            fix += f", and `{own}` in the figure's own fields in the file" if own else ""
            raise Unfit(f"`{beside['sign']}` stands beside the number of `{name}`", fix)
        if _SHORTHAND.fullmatch(row.value):
            raise Unfit(f"`{value}` stands where the value of `{name}` belongs", _MARKS_FIX)
        raise Unfit(f"`{value}` is not a number", f"write digits only; or {_MARKS_FIX}")
    if row.unit and row.unit != unit:
        message = f"`{value}` is {_UNITS[row.unit]}, and the unit of `{name}` is `{unit}`"
        raise Unfit(message, "write the number that is meant, or put right the figure's `unit`")
    text = f"{row.number:f}"
    try:
        number().convert(text)
    except ValueError:
        message = f"`{value}` has more digits than a figure may have"
        raise Unfit(
            message, "round it in the sheet: up to 15 digits, and 6 after the point"
        ) from None
    return text


def same(field_name: str, old: str, new: str) -> bool:
    """Whether two texts say the same in a field.

    Raises:
        Unfit: the field holds a day, and the new text is none.
    """
    if field_name == "as_at":
        try:
            is_new = day().convert(new)
        except ValueError:
            fix = "write the day, the month and the year, such as 30 April 2019"
            raise Unfit(f"`{snippet(new)}` is not a date", fix) from None
        try:
            return day().convert(old) == is_new
        except ValueError:
            return False
    if field_name == "value":
        try:
            return number().convert(old) == Decimal(new)
        except ValueError:
            return False
    return " ".join(old.split()) == new
