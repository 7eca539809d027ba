"""A sentence with its figures, and the words that may stand for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from oscp_report.references import references
from oscp_report.year import Year

WORD = re.compile(r"[^\W_\d]+(?:[’'-][^\W_\d]+)*")
_EMPTY = frozenset(
    "the a an number numbers total totals figure figures count counts level levels volume "
    "volumes rate rates amount this that these those it its they their which all overall again "
    "also has have been is was were are be year years annual recorded reported in of on at to "
    "for by from with and last previous before earlier then now year-on-year across whole city "
    "borough district town area we our second third fourth fifth running row time first "
    "succession compared there further just only more some about around sharply slightly "
    "steeply significantly substantially markedly considerably steadily marginally dramatically "
    "once still even too both each same so up down over continued continues began started "
    "during here per cent percent percentage points point reaching standing between every "
    "entire partnership who whom whose use uses cases instances proportion share percentage did "
    "not never held carried out conducted undertaken logged".split()
)
_ASIDE = re.compile(r"[,;(\[–—].*", re.DOTALL)
_DONE = re.compile(r"\b(?:\w{3,}ed|given|found|made|held|seen|taken|done|spoken|issued)\b")
_NOT_THE_HEAD = re.compile(
    rf"(?<=\s)(?:{_DONE.pattern}|\b(?:of|to|for|in|on|at|by|with|from|who|that|which)\b).*",
    re.DOTALL,
)
_REFERENCE = re.compile(r"\{[^{}\n]*\}")
_BESIDE = re.compile(
    r"(?:\s+(?!(?:was|were|is|are|has|have|had|in|on|at|to|for|by|from|with|that|who|which|or|after"
    r"|a|an|this|up|down|last|more|fewer|because|as|when|where|while|but|though|although|before|so"
    r"|if|than|during|since|of)\b)[^\W_]+){0,5}"
)
_ENDING = re.compile(r"(?:ions?|ings?|ied|ies|ed|es|s|e|y)$")


def carried(text: str) -> frozenset[str]:
    """The words of a text that carry its meaning, less their endings."""
    words = (word.removesuffix("’s").removesuffix("'s") for word in WORD.findall(text.casefold()))
    return frozenset(_stem(word) for word in words if word not in _EMPTY)


def _stem(word: str) -> str:
    return _ENDING.sub("", word) if len(word) > 4 else word.removesuffix("s")


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a figure's label: all of them, the fewest that tell it, and what it counts.

    Of `Needles and syringes collected`, "needles and syringes" are both, and "collected" may stand
    for the whole as well: "collections fell".
    """

    all: frozenset[str]
    least: frozenset[str]
    heads: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Label:
        """The words of a label, less what it adds after a comma or in brackets."""
        text = _ASIDE.sub("", text)
        every, done = carried(text), carried(" ".join(_DONE.findall(text)))
        return cls(every, every - done or every, done | carried(_NOT_THE_HEAD.sub("", text)))


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a sentence refers to a figure.

    ``words`` may stand for it: its label's, and those after the reference, as far as ``until``;
    the ``heads`` alone may do so too. ``is_previous`` marks `{id.previous}`, a value to
    compare with.
    """

    figure: str
    start: int
    end: int
    until: int = 0
    words: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    is_previous: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the report for a year, its references blanked out in ``text``.

    ``labels`` are those of the figures that can be compared;
    ``places`` those that name the whole area.
    """

    text: str
    mentions: Sequence[Mention]
    labels: Mapping[str, Label]
    year: Year
    places: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        typed: str,
        text: str,
        labels: Mapping[str, Label],
        year: Year,
        places: frozenset[str],
    ) -> Sentence:
        """A sentence as it is typed, and as it is with its references blanked out."""
        mentions = tuple(_mentions(typed, labels))
        return cls(text.rstrip().rstrip("."), mentions, labels, year, places)

    @property
    def is_worth_reading(self) -> bool:
        """Whether it names a figure that can be compared, by reference or by its label."""
        if any(mention.figure in self.labels for mention in self.mentions):
            return True
        words = carried(self.text)
        return any(label.least <= words for label in self.labels.values())


def _mentions(typed: str, labels: Mapping[str, Label]) -> Iterator[Mention]:
    for match in _REFERENCE.finditer(typed):
        for piece in references(match[0]):
            if piece.kind == "figure":
                after = _BESIDE.match(typed, match.end())
                beside = Label.of(after[0] if after else "")
                # A figure that cannot be compared is named all the same.
                label = labels.get(piece.target, beside)
                yield Mention(
                    piece.target,
                    *match.span(),
                    after.end() if after else match.end(),
                    beside.all | label.all,
                    beside.heads | label.heads,
                    piece.aspect == "previous",
                )
