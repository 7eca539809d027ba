"""The turns of phrase in which officers say that a number changed, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from oscp_report.checks.statements.sentences import Sentence
from oscp_report.year import Year

Direction = Literal["up", "down", "unchanged", "better", "worse", "compared"]
Kind = Literal["verb", "particle", "noun", "comparative", "same"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of phrase from ``start`` to ``end``: `rose`, `a fall`, `fewer ... than`.

    ``of`` is where the words stand that are compared. ``factor`` is how many times as large, where
    it says so.
    """

    kind: Kind
    start: int
    end: int
    direction: Direction
    factor: Decimal | None = None
    of: tuple[int, int] = (0, 0)
    is_rough: bool = False
    is_denied: bool = False
    is_participle: bool = False

    @property
    def takes_quantity_before(self) -> bool:
        """Whether a quantity may stand before it: `a 12 per cent rise`, not `12 per cent rose`."""
        return self.kind in ("noun", "particle", "comparative")


_UP = (
    r"rose|risen|rising|increased|increasing|grew|grown|growing|climbed|climbing|jumped|soared|surged"
    r"|leapt|(?:went|gone|going|crept|edged|shot)\s+up"
)
_DOWN = (
    r"fell|fallen|falling|decreased|decreasing|declined|declining|dropped|dropping|reduced|shrank"
    r"|shrunk|dipped|slipped|plunged|plummeted|slumped|tumbled|dwindled"
    r"|(?:went|gone|going|came|come|crept|edged)\s+down"
)
# After these the bare word says that it happened, or that it did not.
_AFTER = "|".join(
    rf"(?<={words} )"
    for words in ("not", "n’t", "n't", "continued to", "continues to", "began to", "started to")
)
_UP = rf"{_UP}|(?:{_AFTER})(?:rise|increase|grow|climb)"
_DOWN = rf"{_DOWN}|(?:{_AFTER})(?:fall|decrease|decline|drop)"
_TIMES = {
    "doubled": "2", "doubling": "2", "twice": "2", "double": "2", "trebled": "3", "tripled": "3",
    "trebling": "3", "three times": "3", "treble": "3", "quadrupled": "4", "halved": "0.5",
    "halving": "0.5", "half": "0.5",
}  # fmt: skip
_ROUGH = r"(?P<rough>broadly|almost|about|largely|roughly|much|nearly|virtually|fairly|relatively)"
_NOT_FOLLOWED = (
    r"(?!\s+(?:asleep|ill|victims?|under|within|into|through|short|foul|out|in\s+love|off|behind|"
    r"to\s+the\s+(?:challenge|occasion)|awareness|confidence|up)\b)"
)
_VERB = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<times>doubled|trebled|tripled|quadrupled|halved)"
    r"|(?:remain(?:s|ed)|stay(?:s|ed)|held|is|was|were|are|been)\s+"
    rf"(?P<same>(?:{_ROUGH}\s+)?(?:unchanged|the\s+same(?!\s+(?:as|number|\w+\s+as)\b)|steady|stable"
    r"|level|constant|flat|static))|(?P<better>improved|got\s+better)"
    rf"|(?P<worse>worsened|deteriorated|got\s+worse))\b{_NOT_FOLLOWED}",
)
_NOUN = re.compile(
    r"\b(?:(?P<up>rise|increase|growth|jump|surge|upturn|uplift)"
    r"|(?P<down>fall|drop|decrease|reduction|decline|dip|downturn|slump)"
    r"|(?P<times>doubling|trebling|halving))\b(?!-)",
)
_PARTICLE = re.compile(
    r"\b(?:(?P<up>up)|(?P<down>down))\b(?=\s+(?:(?:slightly|sharply|again|further)\s+)?(?:by|on|from|"
    r"since|compared|against|again|slightly|sharply|this\s+year|over|about|around|nearly|almost|just|"
    r"more\s+than|an?\s+\w+|[£0-9]|\w+\s+per\s?cent)\b|\s*[),.;–—]|\s*$|\s+[£0-9])",
)
_COMPARATIVE = re.compile(
    r"\b(?:(?P<up>more|higher|greater|larger|bigger)|(?P<down>fewer|less|lower|smaller))\b"
    r"(?!\s+of\b)(?P<of>[^;:.!?]{0,90}?)\s+(?:than|against|compared\s+(?:with|to))\b"
    r"|\b(?P<times>twice|double|half|three\s+times|treble)\s+(?:as\s+many\b(?P<many>[^;:.!?]{0,60}?)"
    r"\s+as\b|(?:the\s+(?:number|total|figure)\s+(?:of|in|for)\b))"
    rf"|\b(?P<same>(?:{_ROUGH}\s+)?(?:the\s+same(?:\s+number)?(?:\s+of)?(?P<like>[^;:.!?]{{0,60}}?)\s+as"
    r"|(?:unchanged|no\s+change)\s+(?:from|on|since)))\b",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(?:unchanged|no\s+change)\b(?!\s+(?:from|on|since|in)\b)", re.IGNORECASE)

COMPARED = re.compile(r"\b(?:compared|contrasted)\s+(?:with|to)\b|\bagainst\b")
OF_LAST_YEAR = re.compile(
    r"(?<!than )(?<!than in )(?<!on )(?<!from )(?<!with )(?<!to )(?<!the )(?<!as )(?<!as in )"
    r"\b(?:[Ll]ast\s+year|the\s+(?:previous\s+year|year\s+before)|(?P<year>\d{4}[-/–]\d\d))\b"
    r"(?![’'])",
    re.ASCII,
)
ANOTHER_NUMBER = re.compile(
    r"(?<![\w/–-])(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|dozens?)\s+(?!per\s?cent|last|in\s+20)[a-z]"
)
ENDS = re.compile(r"\s*(?:$|[,.;:()–—-]|(?:and|but|when|as|because|in|at|with|for|to|by|while)\b)")

DENIED = re.compile(
    r"(?:\b(?:did|does|has|have|was|were)(?:\s+not|n[’']t)|\bnever)(?:\s+(?:been|in\s+fact))?\s*$"
)
BOUNDARY = re.compile(
    r"[;:()–—]|\s-\s|(?:,\s*)?\b(?:but|while|whilst|whereas|although|though|despite|because|when|where"
    r"|after|before|however|yet|if|that|who|so|as|following|with|alongside)\b|,\s+(?:and|or)\b"
)
CLOSING = re.compile(rf",|{BOUNDARY.pattern}")
STRONG = re.compile(
    r"\b(?:but|where|who|while|whilst|whereas|although|though|despite|because|when|however|yet|unlike|so)\b"
)
NEW_CLAUSE = re.compile(
    r"\band\b(?=[^,]*\b(?:was|were|is|are|has|had|have|rose|fell|increased|decreased|went)\b)"
    r"|,\s+(?:and|or)\s+(?=[^,]*\b(?:was|were|is|are|has|had|have|\w+ed|rose|fell|went)\b)"
)
ALL_OF_THEM = re.compile(r"\b(?:both|all|each)\b")
NOT_SO = re.compile(
    r"\b(?:not|no|never|nor|neither|without|rather\s+than|instead\s+of|far\s+from|hardly|avoid\w*"
    r"|prevent\w*|stop\w*|halt\w*|offset\w*|revers\w+|will|would|may|might|could|should|can|must"
    r"|expect\w*|hop(?:e|ed|es|ing)|aim\w*|intend\w*|plans?|planned|targets?|wants?|wanted|if|whether"
    r"|likely|predict\w*|forecast\w*|projected|risks?|needs?|needed|seem\w*|appear\w*|unlike"
    r"|until|unless)\b|n[’']t\b",
    re.IGNORECASE,
)
REPORTED = re.compile(
    r"\b(?:fear\w*|concern\w*|perce\w+|believ\w+|felt|feel|feels|said|says?|told|think|thought|asked"
    r"|suggest\w*|claim\w*)\b"
)
PAST_OF_PAST = re.compile(r"\b(?:had|having)\s+(?:\w+ly\s+|also\s+|already\s+)?$", re.IGNORECASE)
INFINITIVE = re.compile(
    r"(?<!continued )(?<!continues )(?<!continue )(?<!began )(?<!started )\bto\s+(?:\w+ly\s+)?$"
)
_YEARS = r"(?:[2-9]|\d\d|two|three|four|five|six|seven|eight|nine|ten|several|few|many|recent)"
OTHER_YEARS = re.compile(
    rf"\b{_YEARS}[\s-]+years?\b|\bdecades?\b|\byears\s+(?:ago|earlier|before)\b|\bbaseline\b"
    r"|\b(?:long|longer|short)[\s-]term\b|\bover\s+the\s+years\b|\bsince\s+(?:its|the|it|we)\b"
    r"|\ball[\s-]time\b",
    re.IGNORECASE,
)
FINANCIAL_YEAR = re.compile(r"(?<![\d–/-])(?:19|20)\d\d[-/–]\d\d(?![\d–/-])", re.ASCII)
PART_OF_YEAR = re.compile(
    r"\b(?:quarters?|(?:first|second|last|other)\s+half|months?|monthly|weeks?|weekends?|weekly|nights?"
    r"|evenings?|daytime|winter|summer|spring|autumn|Christmas|Easter|pandemic|lockdowns?|January"
    r"|February|March|April|June|July|August|September|October|November|December|targets?|average"
    r"|[Nn]ationally|England|[Ee]lsewhere|neighbouring)\b|\bin\s+May\b"
)
IN_A_YEAR = re.compile(
    r"\b(?i:since|from|in|on|during|than)\s+(?:19|20)\d\d\b(?![-/–,]\d)|\b[Ss]ince\s+[A-Z]",
    re.ASCII,
)
THEN = re.compile(
    r"(?:\s+(?:sharply|slightly|again))?\s+(?:(?:in|during)\s+)?(?:the\s+)?(?:last\s+year|previous\s+year"
    r"|year\s+before|(?P<year>\d{4}[-/–]\d\d))(?![’'\w])",
    re.ASCII,
)
BASE_YEAR = re.compile(
    r"(?:\s+it\s+(?:was|had\s+been)|\s+there\s+were|\s+we\s+(?:did|had))?(?:\s+(?:in|during|for|was|were))?"
    r"(?:\s+the)?(?:\s+(?:£?[\d,.]+)(?:\s+\w+){0,3}?(?:\s+(?:in|of|for))?(?:\s+the)?)?"
    r"\s+(?:last\s+year|previous\s+year|year\s+before|year\s+earlier|a\s+year\s+(?:ago|earlier|before)"
    r"|twelve\s+months\s+(?:ago|before)|last(?=\s*(?:$|[,.;:)]))|preceding\s+year|previously|before\b|(?P<year>\d{4}[-/–]\d\d))"
)
GOES_ON = re.compile(
    r"\s*(?:$|[,.;:()–—\0£\d-]|(?:by|to|from|again|in|on|over|since|for|during|and|or|but|with|as|at"
    r"|this|last|compared|against|while|after|than|\w+ly|further|once|so|too|throughout|across|among"
    r"|because|due|overall|year|even|still|when|between|until|within|both|every|each|an?|nearly|almost"
    r"|about|around|just|only|more|less|slightly|before|despite|though|although|following|not)\b)"
)
"""What may stand after a verb that says what became of its subject, and not of an object."""
THAT = re.compile(r"\bthat$")
ONE_TIME_OR_PLACE = re.compile(r"(?:where|when|if)\b\W*$")
REACHING = re.compile(
    r"(?:\s+(?:again|further|sharply|slightly|steeply|steadily|significantly|substantially|markedly|once"
    r"\s+more|overall|this\s+year|in\s+20\d\d[-/–]\d\d|on\s+last\s+year|since\s+last\s+year))*"
    r"(?:\s+(?:by|of)\s+[^;:()]{1,40}?)?(?:,?\s+from\s+[^;:()]{1,60}?)?"
    r"(?:\s+the\s+(?:number|total|level)\s+of\s+[^,;:()]{1,60}?)?"
    r",?\s+to\s+(?:(?:just|only|around|about|some|over|nearly|almost|reach|stand|at|a|an|total|of|record"
    r"|high|low|the|all-time|£)\s*)*"
)
GIVING = re.compile(
    r"(?:\s+[^;:,()–—]{0,60})?(?:,?\s+(?:with|to|at|when)|\s*[(:–—,])\s*"
    r"(?:(?:only|just|a|the|total\s+of|some|there|were|we|\w+ed)\s+)*",
    re.IGNORECASE,
)
PART = re.compile(
    r"\b(?P<how>(?i:in|at|among|amongst|across|around|within|outside|near|involving|for|by|of|where|against))\s+"
    r"(?P<what>(?:(?:the|an?|our|all|those|every|each|some|most|many|both)\s+)?[\w’-]+(?:\s+[A-Z][\w’-]+)*)"
)
IN = re.compile(r"\s+in\s+(?!(?:the\s+)?(?:year|last|previous|20\d\d)\b)")
OF = re.compile(r"\s+of\s+(?![\d£])")
AFTER_COMPLEMENT = re.compile(
    r"[,;:.()–—]|\s(?:to|from|on|compared|this|since|over|with|which|that|but|while|as|of\s+\d|by|is|was"
    r"|were|are|has|have|last|in|at|after|reflect\w*|follow\w*|due)\b"
)
_ADJECTIVES = (
    "small|slight|sharp|big|large|significant|substantial|marked|further|modest|steep|steady|major|huge"
    "|considerable|welcome|disappointing|worrying|overall|net|annual|year-on-year|dramatic|second|third"
    "|notable|clear|real|encouraging|noticeable"
)
ARTICLE = re.compile(
    rf"\b(?:an?|another|the|this|further)\s+(?:(?:\w+ly\s+)?(?:{_ADJECTIVES})\s+)*$", re.IGNORECASE
)
LINKING = re.compile(
    r"(?:\b(?:has|have)\s+)?\b(?:saw|seen|sees|shows?|showed|shown|recorded|marks?|marked|represents?"
    r"|represented|is|was|were|are|been|experienced|registered|stands|stood)\s+"
    r"(?:(?:now|also|again|slightly|sharply|well|still|once\s+more)\s+)*$"
)
APPOSED = re.compile(
    r"(?:[,(:–—]|\s-)\s*(?:(?:and|or|which|this|that|is|was|are|were|again|also|still|slightly|sharply"
    r"|well|representing|marking|showing|meaning|making|both|all|each)\s+)*$"
)
INTO_ANOTHER = re.compile(
    r"\b(?:after|following|despite|spite\s+of|notwithstanding|because\s+of|due\s+to|owing\s+to|given"
    r"|reflect\w*|caus\w+|by|amid|with|from|for|about|of|on|to|through|address\w*|tackl\w+|mean\w*"
    r"|against|than|like|under|contribut\w+\s+to|le[ad]d?\s+to|because)\s+$",
    re.IGNORECASE,
)
STANDS_FOR = re.compile(
    r"\b(?:numbers?|totals?|figures?|this|that|it|these|those|they|which|both|each|counts?|levels?)\b",
    re.IGNORECASE,
)

NO_PLACE = frozenset({"addit", "contrast", "fact", "respons", "turn", "particular", "short"})
"""What may follow "in" at the beginning of a sentence and names no place, less its ending."""


def turns_in(text: str) -> Iterator[Turn]:
    """Every turn of phrase in a sentence that says that something changed, or did not."""
    for match in _VERB.finditer(text):
        is_denied = DENIED.search(text, 0, match.start()) is not None
        participle = match[0].endswith("ing")
        yield _turn("verb", match, is_denied=is_denied, is_participle=participle)
    for match in _NOUN.finditer(text):
        yield _turn("noun", match)
    for match in _PARTICLE.finditer(text):
        yield _turn("particle", match)
    for match in _COMPARATIVE.finditer(text):
        group = next((name for name in ("of", "many", "like") if match[name] is not None), "")
        yield _turn("comparative", match, of=match.span(group) if group else (0, 0))
    for match in _SAME.finditer(text):
        yield Turn("same", *match.span(), "unchanged")


def _turn(
    kind: Kind,
    match: re.Match[str],
    *,
    of: tuple[int, int] = (0, 0),
    is_denied: bool = False,
    is_participle: bool = False,
) -> Turn:
    found = match.groupdict()
    start, end = match.span()
    direction: Direction = "up"
    factor = None
    if times := found.get("times"):
        factor = Decimal(_TIMES[" ".join(times.casefold().split())])
        direction = "up" if factor > 1 else "down"
    elif found.get("same"):
        direction = "unchanged"
    else:
        names: tuple[Direction, ...] = ("up", "down", "better", "worse")
        direction = next(name for name in names if found.get(name))
    rough = found.get("rough") is not None
    return Turn(kind, start, end, direction, factor, of, rough, is_denied, is_participle)


def clause_start(text: str, end: int) -> int:
    """Where the clause begins that goes on to ``end``."""
    return max((match.end() for match in BOUNDARY.finditer(text, 0, end)), default=0)


def clause_end(text: str, start: int) -> int:
    """Where the clause ends that ``start`` is in."""
    match = CLOSING.search(text, start)
    return match.start() if match else len(text)


def names(written: str, year: Year) -> bool:
    """Whether a year as it is typed is this one."""
    return written.replace("/", "-").replace("–", "-") == str(year)


def is_last_year(sentence: Sentence, start: int) -> bool:
    """Whether what something is compared with, from ``start`` on, is the year before."""
    match = BASE_YEAR.match(sentence.text, start)
    if match:
        return match["year"] is None or names(match["year"], Year(sentence.year.start - 1))
    return any(
        m.is_previous and not sentence.text[start : m.start].strip(" the")
        for m in sentence.mentions
        if m.start >= start
    )
