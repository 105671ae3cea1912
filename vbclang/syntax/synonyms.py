"""The lawyer's own words, and the language's for them. The table is flat; `synonym` offers an entry only where the line then reads on.

So the place makes the meaning certain: `over 95.0%` at the head of a row is `more than 95.0%`, `over the contract year` stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault, Stop
from vbclang.syntax.literals import TERM
from vbclang.syntax.mending import Change, mended, reading, said
from vbclang.syntax.numerals import NUMERAL, SHARES, figure_of

_COUNT = rf"(?:\d+|{NUMERAL})"
_BARE = r"(?<![\d.,])\d[\d,]*(?:\.\d+)?"
_FIGURE = r"(?:[£$€¥₹]\s*)?\d[\d,]*(?:\.\d+)?(?:\s*%)?"
_PERIOD = r"(?:month|quarter|contract\s+year|year)"
_LENGTH = r"\d+\s+(?:days|weeks|months|years)"
_THEM = r"\b(?:\s+(?:all\s+)?(?:these\s+|its\s+|such\s+)?(?:data|figures?|rows|results?|them|it|[A-Z][\w ]*))?\s*\.?\s*$"
_PAID = r"(?:to\s+be\s+paid|payable|paid)"
_EVERY = {"monthly": "month", "quarterly": "quarter", "annually": "contract year", "yearly": "contract year"}

_MORE = r"(?:more|above|over|higher|greater|better)"
_LESS = r"(?:less|below|under|lower|fewer)"
_HEAD = r"^\s*"
_ABOVE = r"(?:greater\s+than|higher\s+than|exceeds|exceeding|exceed|in\s+excess\s+of|above|over)"
_BELOW = r"(?:lower\s+than|fewer\s+than|smaller\s+than|below|under)"
_AT_MOST = (
    r"(?:(?:no|(?<!is )not)\s+(?:more|greater|higher)\s+than|(?:less|lower)\s+than\s+or\s+equal\s+to"
    r"|equal\s+to\s+or\s+(?:less|lower)\s+than|not\s+exceeding|does\s+not\s+exceed|not\s+above|not\s+over|up\s+to|(?:a\s+)?maximum(?:\s+of)?)"
)
_AT_LEAST = (
    r"(?:(?:no|(?<!is )not)\s+(?:less|fewer|lower)\s+than|(?:more|greater|higher)\s+than\s+or\s+equal\s+to"
    r"|equal\s+to\s+or\s+(?:more|greater|higher)\s+than|not\s+below|not\s+under|(?:a\s+)?minimum(?:\s+of)?)"
)
_MONEY_WORDS = {"£": r"pounds(?:\s+sterling)?", "€": "euros?", "$": "dollars?"}
_WHEN = (
    r"(?:if|where|once|while|whenever|only\s+(?:if|when)|provided\s+that|(?:so|as)\s+long\s+as|in\s+(?:the\s+)?event\s+that"
    r"|on\s+condition\s+that)"
)
_EARNED = (
    r"(?:earned\s+)?(?:depends\s+on|depending\s+on|based\s+on|determined\s+by|measured\s+by|according\s+to|by\s+reference\s+to|linked\s+to)"
)
_FAILS_TO = r"(?:(?:fails?|failed)\s+to|(?:does|do|did|shall|will)\s+not)"
_A_CAP = r"(?:an?\s+)?(?:cap|limit|ceiling|max(?:imum)?)(?:\s+(?:payment|deduction|amount))?(?:\s+(?:of|at))?"
_LIMITED = rf"(?:(?:up\s+to|subject\s+to|with)\s+{_A_CAP}|{_A_CAP}:?|up\s+to|not\s+exceeding|(?:not|no)\s+more\s+than|at\s+most|max\.?)"
_LATEST = r"(?:(?:by\s+)?not?\s+(?:later|more)\s+than|at\s+(?:the\s+)?latest)"
_OF_AMOUNT = r"(?:(?:in\s+(?:the\s+)?)?(?:amount|sum)(?:\s+of)?|equal\s+to|amounting\s+to)"
_RELEASED = (
    r"(?:(?:to\s+be|is|are|will\s+be|shall\s+be)\s+)?(?:releases?|released|returns?|returned|repaid|paid\s+back|refunded)"
    r"(?:\s+(?:it|them))?\s+(?:when|if|once|upon|as\s+soon\s+as)\b"
)
_ON = r"(?:upon|on|with|by|subject\s+to)"
_OTHERWISE = r"(?:else|(?:in\s+)?(?:all|any)\s+other(?:\s+(?:cases?|figures?|results?))?)"
_WILL = r"(?:shall|will|must|is\s+to|are\s+to)"
_CLAIMS = {
    "pays": "pay", "deducts": "deduct", "withholds": "withhold", "releases": "release", "recovers": "recover",
    "receives": r"(?:receive|is\s+paid|gets?|earns?)", "bears": "bear", "applies": "apply",
}  # fmt: skip
_KINDS = {
    "sanction": r"penalty|penalties|deduction|fine|service\s+credit",
    "incentive": r"bonus|premium|reward|outcome\s+payment",
    "payment": r"fee|charge|price|instalment",
    "repayment": r"rebate|refund|clawback",
    "withholding": r"retention|holdback",
    "share": r"gain\s+share|pain\s+share|risk\s+share|shared\s+savings",
}
"""What lawyers call money that flows, by the language's own word."""

_AGGREGATES = {"mean": "average", "sum": "total"}
Words = Callable[[re.Match[str]], str]


def _year(word: str) -> str:
    return "contract year" if word.lower().endswith("year") else word.lower()


def _number(word: str) -> str:
    return figure_of(word) or word


def _numeral(before: str, after: str) -> Words:
    """A number in words as figures, with its sign; as it stands (which is no entry) where the words are no number."""
    return lambda found: f"{before}{figure}{after}" if (figure := figure_of(found["words"])) else found.group()


def _said_twice(found: re.Match[str]) -> str:
    """``£40,000 (forty thousand pounds)``: the figure alone where both are one."""
    figure = next(part for part in found.groups() if part != found["words"])
    return figure if figure_of(found["words"]) == re.sub(r"[^\d,.]|\.0+(?!\d)", "", figure) else found.group()


def _run(found: re.Match[str]) -> str:
    return f"for {_number(found['count'])} consecutive {found['unit']}"


def _put(words: str) -> Words:
    return lambda found: found.expand(words)


def _table(*rows: tuple[str, tuple[str | Words, ...]]) -> tuple[tuple[str, tuple[Words, ...]], ...]:
    return tuple((words, tuple(_put(x) if isinstance(x, str) else x for x in instead)) for words, instead in rows)


SYNONYMS: tuple[tuple[str, tuple[Words, ...]], ...] = _table(
    # comparisons
    (rf"({_FIGURE})\s*(?:(?:or|and)\s+{_MORE}\b|\+(?=\s*:))", (r"at least \1",)),
    (rf"({_FIGURE})\s*(?:or|and)\s+{_LESS}\b", (r"at most \1",)),
    (rf"\b(at\s+(?:least|most)\s+{_FIGURE})\s*(?:\(inclusive\)|inclusive\b)", (r"\1",)),
    (rf"{_HEAD}{_LIMITED}\b", ("limited to",)),
    (rf"\b{_AT_MOST}\b", ("at most", "is at most")),
    (rf"\bis\s+{_AT_MOST}\b", ("is at most",)),
    (rf"\b{_AT_LEAST}\b", ("at least", "is at least")),
    (r"\b(less|more|better|worse)\s+then\b", (r"\1 than",)),
    (rf"\b{_FAILS_TO}\s+(?:reach|attain|exceed|come\s+to)\b", ("is less than",)),
    (rf"\b{_FAILS_TO}\s+(?:meet|achieve|hit)\b", ("is worse than",)),
    (r"\bis\s+(?:missing|absent|unavailable|not\s+(?:available|supplied|received|delivered|known))\b", ("is not reported",)),
    (rf"\bis\s+{_AT_LEAST}\b", ("is at least",)),
    (
        r"\b(?:is\s+)?within\s+(\d+\s+(?:days|weeks|months|years))\s+(?:of|after|from|following)\b(?=\s+[a-z]\w*_|\s+[A-Z])",
        (r"is at most \1 after",),
    ),
    (r"\bwithin\b", ("at most", "is at most")),
    (rf"\b{_ABOVE}\b", ("more than", "is more than")),
    (rf"\b{_BELOW}\b", ("less than", "is less than")),
    (r"\b(?:are|was|were|be)\b", ("is",)),
    (r"\b(?:are|was|were)\s+not\b", ("is not",)),
    (rf"\b(?:rises?|goe?s?)\s+{_ABOVE}\b", ("is more than",)),
    (rf"\b(?:falls?|drops?|goe?s?)\s+{_BELOW}\b", ("is less than",)),
    (r"\bfalls?\s+short\s+of\b", ("is less than",)),
    (r"\s*,?\s*\b(?:then\s+)?nothing\s+(?:is|shall\s+be)\s+(?:payable|paid|due)\b", (", nothing is due",)),
    (r"\b(?:reach(?:es)?|attains?|achieves?|meets?|recovers?\s+to|returns?\s+to|improves?\s+to|rises?\s+to)\b", ("is at least",)),
    (r"\b(?:falls?\s+to|drops?\s+to)\b", ("is at most",)),
    (r"\band\b(?=\s+(?:less|more)\s+than\b|\s+at\s+(?:least|most)\b)", ("but",)),
    (r"\bis\s+equal\s+to\b", ("is",)),
    (r"\b(?:equal\s+to|equals)\b", ("is",)),
    (r"\band\s*/\s*or\b", ("or",)),
    (r"\s*(?:-+|=)>\s*", (": ",)),
    # figures
    (r"\bplus\b", ("+",)),
    (r"\b(?:minus|net\s+of|(?<=\w )less)\b(?=\s+[A-Z£$€(])", ("-",)),
    (r"\bminus\b", ("-",)),
    (r"\bas\s+an?\s+(?:percentage|proportion|share|%)\s+of\b", ("as % of",)),
    (r"\b(?:times|multiplied\s+by)\b", ("*",)),
    (r"\bdivided\s+by\b", ("/",)),
    (rf"({_BARE})\s*(?:per\s*cent|pct)\b\.?", (r"\1%",)),
    (rf"%\s*({_BARE})", (r"\1%",)),
    (rf"\b(?:one|an?|1)\s+twelfth\s+of\s+({TERM})", (r"\1 / 12",)),
    (rf"\b1\s*/\s*(\d+)(?:th|rd)?\s+of\s+({TERM})", (r"\2 / \1",)),
    (rf"\b(?:one|an?|1)\s+third\s+of\s+({TERM})", (r"\1 / 3",)),
    (r"\b(?:one|an?|1)\s+quarter\s+of(?=\s+[A-Z£$€])", ("25% of",)),
    (r"\b(?:one\s+)?half(?:\s+of)?\b", ("50% of",)),
    (rf"\b(?P<words>{NUMERAL})\s+(?:per\s*cent|pct)\b", (_numeral("", "%"),)),
    *((rf"\b(?P<words>{NUMERAL})\s+(?:{words})\b", (_numeral(sign, ""),)) for sign, words in _MONEY_WORDS.items()),
    (rf"\b(?P<words>{NUMERAL})", (_numeral("", ""),)),
    (rf"(?P<words>{NUMERAL})(?:\s+(?:{'|'.join(_MONEY_WORDS.values())}))?\s*\(({_FIGURE})\)", (_said_twice,)),
    *((rf"(?<=:)\s*{words}\s*$", (f" {share}",)) for share, words in SHARES.items()),
    (rf"({_FIGURE})\s*\((?P<words>{NUMERAL})(?:\s+(?:{'|'.join(_MONEY_WORDS.values())}|per\s*cent))?\)", (_said_twice,)),
    (rf"({_BARE})\s*(?:/|out\s+of)\s*({_BARE})", (r"\1 of \2",)),
    # periods and days
    (rf"\b{_LATEST}\b", ("within", "due within")),
    (rf"\bdue\s+{_LATEST}\b", ("due within",)),
    (rf"{_HEAD}(?:{_PAID}\s+)?{_LATEST}\b", ("due within", "final within")),
    (rf"{_HEAD}by(?=\s+\d)", ("due by", "final by")),
    (rf"{_HEAD}due\b", ("final",)),
    (rf"\bfor\s+(?:every\b|any\b(?!\s+(?:\d|{NUMERAL})))", ("for each",)),
    (rf"{_HEAD}within\b", ("due within", "final within")),
    (
        rf"\b(?P<least>{_COUNT})\s+times\s+in\s+(?:any\s+)?(?P<any>{_COUNT})\s+(?P<unit>months|quarters)\b",
        (lambda f: f"in at least {_number(f['least'])} of any {_number(f['any'])} {f['unit']}",),
    ),
    (
        rf"\b(?:in\s+)?(?:any\s+|at\s+least\s+)?(?P<least>{_COUNT})(?:\s+or\s+more)?\s+(?:out\s+)?of\s+(?:any\s+|the\s+last\s+|every\s+|last\s+)?(?P<any>{_COUNT})"
        r"\s+(?P<row>(?:consecutive|successive)\s+)?(?P<unit>months|quarters|contract\s+years)\b",
        (lambda f: f"in at least {_number(f['least'])} of any {_number(f['any'])} {f['unit']}",),
    ),
    (r"\b(month|quarter|contract\s+year)[\s-]end\b", (r"each \1",)),
    (r"\bbusiness\s+days?\b", ("working days",)),
    (r"\bcalendar\s+days?\b", ("days",)),
    (rf"\b(?:after|of|from|following)\s+(?:end\s+of\s+)?(?:each\s+|every\s+)?({_PERIOD})(?:[\s-]end)?\b", (r"after each \1",)),
    (
        rf"\b(?:(?:for|in|over|during)\s+)?(?:each\s+of\s+|any\s+)?(?P<count>{_COUNT})\s+(?:consecutive|successive)\s+(?P<unit>[a-z]+)\b",
        (_run,),
    ),
    (rf"\b(?:(?:for|in)\s+)?(?P<count>{_COUNT})\s+(?P<unit>[a-z]+)\s+(?:in\s+a\s+row|running)\b", (_run,)),
    (
        rf"\b(?:in\s+any|in\s+a|a|per|each|every)\s+((?i:{_PERIOD}))s?\b",
        (lambda f: f"in each {_year(f[1])}", lambda f: f"each {_year(f[1])}"),
    ),
    (r"\b(?:per\s+annum|p\.a\.)", ("in each contract year", "each contract year")),
    (rf"\b({'|'.join(_EVERY)})\b", (lambda f: f"each {_EVERY[f[1]]}", lambda f: f"in each {_EVERY[f[1]]}")),
    (r"\b(?<!contract )(years?)\b", (r"contract \1",)),
    (r"(?<=working days )of\b", ("in",)),
    (rf"{_HEAD}term\s+from\b", ("term",)),
    (r"\b(?:until|till|through)\b", ("to",)),
    (r"\b(Q[1-4])\s+(\d{4})\s*-\s*(\d{2})\b", (r"\1 \2/\3",)),
    # lines of a clause
    (r"\bby\b", ("from",)),
    (rf"\b{_PAID}\s+by\b", ("from", "due by")),
    (rf"\b{_PAID}\s+to\b", ("to",)),
    (rf"\b{_PAID}\s+within\b", ("due within",)),
    (rf"\s*,?\s*\b(?:capped\s+at|{_LIMITED})(?=\s)", (" limited to", ", but not more than")),
    (r"\bdifference\s+between\s+(.+?)\s+and\s+([A-Z][\w'&-]*(?:\s+[A-Z0-9][\w'&-]*)*)", (r"(\1 - \2)",)),
    (rf"{_HEAD}{_WHEN}\b", ("when",)),
    (rf"{_HEAD}(?:except|save)\s+(?:when|where|if)\b", ("unless",)),
    (rf"{_HEAD}{_EARNED}\b", ("earned by",)),
    (rf"{_HEAD}{_OTHERWISE}(?=\s*:)", ("otherwise",)),
    (rf"{_HEAD}if\s+(?:there\s+is\s+)?no\s+result\b", ("if without a result",)),
    (rf"{_HEAD}if\s+(?:there\s+(?:is|are)\s+)?(?:no\s+data|missing|not\s+available)\b", ("if not reported",)),
    (
        rf"{_HEAD}if\s+(?:data|figures?|results?)\s+(?:is|are)\s+(?:missing|not\s+available|not\s+(?:supplied|received))\b",
        ("if not reported",),
    ),
    *((rf"{_HEAD}(?:{words})(?=\s+(?:each|once)\b)", (kind,)) for kind, words in _KINDS.items()),
    (rf"{_HEAD}{_OF_AMOUNT}\b", ("of",)),
    (rf"{_HEAD}notice(?:\s+period)?(?:\s*:|\s+of|\s+is)?\s+(\d+)\s+(day|week|month|year)s?'?(?:\s+notice)?", (r"on \1 \2s' notice",)),
    (rf"{_HEAD}(failing\s+which\s+[A-Z][\w ]*?\s+may)\s+(?!end\b)([a-z][^\"]*?)\s*$", (r'\1 "\2"',)),
    (rf"{_HEAD}(?:obligation|requirement)\s+(?:on|of|for)\b", ("duty on",)),
    (rf"{_HEAD}should\b", ("when",)),
    (rf"{_HEAD}{_RELEASED}", ("released when",)),
    (rf"\b(?:{_ON}\s+(?:giving|at\s+least|not\s+less\s+than)|{_ON})(?=\s+\w+\s+\w+'?\s+(?:\w+\s+)?notice\b)", ("on",)),
    (r"\b(\d+)\s+(day|week|month|year)s'?(?=\s+(?:\w+\s+)?notice\b)", (r"\1 \2s'",)),
    (r"\b(?:written|prior|prior\s+written)\s+notice\b", ("notice",)),
    (
        rf"{_HEAD}(?:(?:no|without(?:\s+an?)?|with\s+no)\s+exit\s+payments?|exit\s+payment:?\s+(?:none|nil|zero|£0))\b",
        ("exit payment nothing",),
    ),
    (rf"{_HEAD}to\s+be\s+exercised\b", ("exercised",)),
    (rf"{_HEAD}duty\s+(?:of|for)\b", ("duty on",)),
    (rf"{_HEAD}right\s+for\b", ("right of",)),
    (rf"{_HEAD}warning\s+(?:notice\s+)?(?:for|to)\b", ("warning to",)),
    (r"(?<=to )(?:provide|submit|send|supply|produce|issue|serve)\b(?:\s+an?)?", ("give", "deliver")),
    # data, events
    (
        rf"{_HEAD}(?:one\s+row\s+(?:for\s+each|for\s+every|for|each)|(?:each|every|a|one)\s+row\s*(?:is|represents|stands\s+for|=))(?:\s+(?:an?|one))?\b",
        ("one row per",),
    ),
    (rf"{_HEAD}(?:provided|submitted|delivered|sent|collected)\s+by\b", ("supplied by",)),
    (rf"{_HEAD}([A-Z][\w ]*?)\s+(?:supplies|provides|submits|delivers|collects){_THEM}", (r"supplied by \1",)),
    (rf"{_HEAD}([A-Z][\w ]*?)\s+(?:checks|verifies|audits|validates|reviews){_THEM}", (r"checked by \1",)),
    (rf"{_HEAD}rows\s+are\s+([a-z]+?)s\b", (r"one row per \1",)),
    (rf"{_HEAD}(reported\s+by\s+[A-Z][\w ]*?)\s*[,:(]\s*(percentage|number|money|rate|count|score)\b\)?", (r"\1 as \2",)),
    (rf"{_HEAD}notified\s+to\s+([A-Z][\w ]*?)\s+by\s+([A-Z][\w ]*?)\s*$", (r"notified by \2 to \1",)),
    (rf"{_HEAD}by\b(?=\s+[A-Z])", ("notified by",)),
    (rf"{_HEAD}(?:verified|audited|validated|reviewed)\s+by\b", ("checked by",)),
    (rf"{_HEAD}(?:given|sent|served|issued|notice|notification)\s+(?:by|from)\b", ("notified by",)),
    (rf"{_HEAD}(?:(?:notified|notice)\s+)?from\b", ("notified by",)),
    (r"\s+in\s+writing\b", ("",)),
    (rf"{_HEAD}([A-Z][\w'& -]*?)\s*\(([A-Z0-9][A-Z0-9-]*)\)\s*$", (r'\1 "\2"',)),
    (rf"{_HEAD}columns\b", ("column",)),
    (rf"({_HEAD}column\s+[a-z]\w*)\s*(?::|\b(?:as|is|of\s+type)\b)(?:\s+an?\b)?", (r"\1",)),
    (rf"{_HEAD}source(?:\s*:\s*|\s+is\s+)([^\s\":][^\":]*?)\s*$", (r'source "\1"',)),
    (
        rf"{_HEAD}([A-Z][\w ]*?)\s+(?:notifies|informs|tells|(?:gives|sends|serves)(?:\s+notice\s+to)?)"
        r"\s+([A-Z][\w ]*?)(?:\s+(?:an?\s+)?notice)?\s*$",
        (r"notified by \1 to \2",),
    ),
    # measures, terms, worked examples
    (rf"{_HEAD}%\s*of\b", ("percentage of",)),
    (rf"{_HEAD}(?:mean|average)\s+of\b", ("average of",)),
    (rf"{_HEAD}(?:count|total\s+number|sum\s+of\s+number)\s+of\b", ("number of",)),
    (rf"{_HEAD}sum\s+of\b", ("total of",)),
    (
        rf"{_HEAD}(average|mean|total|sum|lowest|highest)\s+(?:of\s+)?([a-z]\w*)\s+(?:of|in|across|for)(?=\s+[A-Z])",
        (lambda f: f"{_AGGREGATES.get(f[1], f[1])} of {f[2]} over",),
    ),
    (rf"{_HEAD}(?:measured|reported|calculated)\s+(?=monthly|quarterly|annually|yearly|each|every)", ("",)),
    (rf"{_HEAD}measured\s+({'|'.join(_EVERY)})\b", (lambda f: f"each {_EVERY[f[1]]}",)),
    (r"\b(higher|lower)\s+(?:the|are|values?\s+(?:is|are))?\s*better\b", (r"\1 is better",)),
    (rf"{_HEAD}(percentage|number|money|rate|score)\s+reported\s+by\s+(.+?)\s*$", (r"reported by \2 as \1",)),
    (r"\b(?:with|having)\s+an?\s+([a-z]\w*)\s+(?:of\s+)?", (r"where \1 is ",)),
    (r"\b(?:with|having|whose)\b", ("where",)),
    (rf"{_HEAD}how\s+many\b", ("number of",)),
    (rf"{_HEAD}(?:proportion|share|per\s*cent)\s+of\b", ("percentage of",)),
    (r"\b(?:mean|(?:shall|will)\s+mean|has\s+the\s+meaning(?:\s+of)?|is\s+defined\s+as)\b", ("means",)),
    *((rf"\b(?:{_WILL}\s+)?{plain}\b", (claims,)) for claims, plain in _CLAIMS.items()),
    (r"\b(?:doesn't|(?:shall|will|must)\s+not)\s+apply\b", ("does not apply",)),
)
"""The lawyer's words -> what the language says for them, the first that reads on."""
_MOST = 4
"""So many words of one line are replaced."""


def synonym(fault: Fault) -> Diagnostic | None:
    """``90.0% or more:`` · ``under 80%`` · ``45 business days`` · ``£3,000 a year``."""
    changes = next(iter(mended(fault, (instead,), _MOST)), ()) or _as_far_as_it_goes(fault)
    if not changes:
        return None
    return fault.says("S027", said(fault, changes), (reading(fault, "in the language's words", changes),))


def instead(line: str, stop: Stop) -> Iterator[Change]:
    """Each entry of the table whose words stand at the place, or end right before it."""
    for pattern, words in SYNONYMS:
        for found in re.finditer(pattern, line):  # compiled when first it is wanted: a good contract never wants it
            if found.start() <= stop.at and not line[found.end() : stop.at].strip():
                yield from (_change(found, right) for word in words if (right := word(found)) != found.group())


def _change(found: re.Match[str], right: str) -> Change:
    """The change without the blanks before, unless a comma or colon goes there."""
    start = found.start() if right[:1] in (",", ":") else found.end() - len(found.group().lstrip())
    return Change(start, found.end(), right.lstrip(), right.strip(" ,"), "instead")


def _as_far_as_it_goes(fault: Fault) -> tuple[Change, ...]:
    """Where the table does not mend all of the line: what it mends before the next mistake."""
    line, stop, found = fault.raw, Stop(fault.at, fault.wanted), list[Change]()
    while len(found) < _MOST and (step := _step(fault, line, stop)):
        change, stop = step
        line = change.made(line)
        found.append(change)
    return tuple(found)


def _step(fault: Fault, line: str, stop: Stop) -> tuple[Change, Stop] | None:
    for change in instead(line, stop):
        then = fault.stops(change.made(line))
        if then is not None and change.made(line)[change.start + len(change.text) : then.at].strip():
            return change, then
    return None
