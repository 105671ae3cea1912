"""Words: one duty said in three ways, numbers for names, and promises to talk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbclang.core.elaborate.applies import line_of
from vbclang.core.program import Program
from vbclang.core.settings import Settings
from vbclang.lint.rule import Page, Rule
from vbclang.lint.shown import DUE
from vbclang.lint.words import said, says
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Label, Span
from vbclang.syntax import tree

_DUTY = r"\b(?:{parties}|party|parties)\s+(shall|must|will)\b"


def mixed_duties(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L009."""
    parties = (re.escape(d.name.text) for d in scope.names.values() if isinstance(d, tree.Party | tree.Group))
    duty = re.compile(_DUTY.format(parties="|".join(parties)), re.IGNORECASE)
    found = [(match[1].lower(), prose) for c in scope.clauses.values() for prose in c.prose for match in duty.finditer(prose.text)]
    other = next(((word, prose) for word, prose in found if word != found[0][0]), None)
    if other is None:
        return ()
    first, at = found[0]
    why = f"The prose says both `{first}` and `{other[0]}`. Whether they differ is left to whoever reads it: choose one."
    return (Diagnostic("L009", why, other[1].span, (Label(at.span, f"`{first}`"),)),)


_RANKED = r"\b(fifth|quintile|tenth|decile|quartile|third|tertile|stratum|band)s?\b"

_ENDS = r"\b(most|least|highest|lowest|best|worst|richest|poorest|top|bottom|oldest|youngest)\b"


def which_end(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L016."""
    return tuple(
        Diagnostic(
            "L016",
            f"The members of `{item.name.text}` are numbered, and nothing says which end is which: is {item.members[0].name.text} the "
            "highest, or the lowest?",
            item.name.span,
            notes=('Name the ends (`Most Deprived "1"`), or say it in the list\'s title: `"1 is the most deprived"`.',),
        )
        for item in scope.names.values()
        if isinstance(item, tree.ListItem) and _is_ranked(item) and not says(_ENDS, " ".join(said(item)))
    )


def _is_ranked(item: tree.ListItem) -> bool:
    title = item.title.text if item.title else ""
    numbered = all(re.search(r"\d$", row.name.text) for row in item.members)
    return len(item.members) > 1 and numbered and says(_RANKED, f"{item.name.text} {title} {item.members[0].name.text}") is not None


_REOPENER = (
    r"\b((negotiate|discuss|agree|review)\w*( \w+){0,6} in good faith|in good faith( \w+){0,3} (negotiate|discuss|agree|review)\w*|"
    r"(may|can|shall|will|must) be (re-?opened|reviewed|re-?negotiated|varied|revised|adjusted|amended)|"
    r"(may|can|shall|will|must) (re-?open|review|vary|revise|adjust|amend)( \w+){0,3} "
    r"(agreement|amounts?|charges?|clauses?|contract|fees?|payments?|prices?|rates?|targets?|terms?|thresholds?)|"
    r"re-?negotiate|as (may be|the parties may) agreed?|agreed? from time to time)\b"
)


def loose_reopener(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L027."""
    return tuple(
        Diagnostic(
            "L027",
            f"`{match[0]}` opens the contract again and does not say when, what may change and how far.",
            place,
            notes=("Say it in lines: an index with limits, a value `to be agreed by DATE, otherwise …`, or rows by time.",),
        )
        for clause in scope.clauses.values()
        for place, text in _prose(clause)
        if (match := says(_REOPENER, text)) is not None
    )


_SUM = r"[£$€¥₹][\d,.]*\d"
_MONEY = (
    rf"{_SUM}|\b(pay|pays|paid|payable|repay|repays|repaid|withhold|withholds|withheld|deduct|deducts|deducted|refund|refunds|"
    r"refunded)\b"
)


def money_in_prose(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L030."""
    alone = (clause for clause in scope.clauses.values() if not any(isinstance(line, tree.Head) for line in clause.lines))
    found = ((clause, place, says(_MONEY, text)) for clause in alone for place, text in _prose(clause))
    first = {clause.name.text: (place, match[0]) for clause, place, match in reversed(list(found)) if match is not None}
    return tuple(_quoted_sums(scope)) + tuple(
        Diagnostic(
            "L030",
            f"`{name}` is prose alone and says `{word}`. Nothing of it is worked out: no statement shows it.",
            place,
            notes=("Say in lines what is paid, such as `sanction each quarter from … to …`, `of …`, `when …`. Prose may stay above them.",),
        )
        for name, (place, word) in first.items()
    )


def _quoted_sums(scope: Scope) -> Iterator[Diagnostic]:
    """What a right or a duty is to, in quotes that name a sum."""
    for clause in scope.clauses.values():
        lines = (line for line in clause.lines if isinstance(line, tree.RightHead | tree.FailingWhichLine | tree.DutyHead))
        quoted = (line.what for line in lines if isinstance(line.what, tree.Quoted))
        for what, match in ((what, says(_SUM, what.text)) for what in quoted):
            if match is not None:
                why = f"What `{clause.name.text}` has in quotes names `{match[0]}`. Nothing of it is worked out: no statement shows it."
                notes = ("Say in a clause of its own what is paid, such as `sanction each quarter from … to …`, `of …`, `when …`.",)
                yield Diagnostic("L030", why, what.span, notes=notes)


def _prose(clause: tree.Clause) -> Iterator[tuple[Span, str]]:
    yield from ((prose.span, prose.text) for prose in clause.prose)
    right = line_of(clause, tree.RightHead)
    if right is not None:
        yield right.what.span, right.what.text


_CLAUSES = """clause Reports
  > The Provider shall send a report.
  duty on Provider to deliver "a report" within 20 working days after each quarter

clause Answers
  > The Commissioner {word} answer it.
  duty on Commissioner to deliver "an answer" within 40 working days after each quarter
"""

MIXED_DUTIES = Page(
    "L009",
    "More than one of `shall`, `must` and `will` in the prose lines of a contract, said of what a party is to do: right after the name "
    "of a party or a group, or after `party` and `parties`.",
    "Who reads two words for one thing looks for the difference. Where one line says that a party shall and the next that it will, the "
    "second can be read as a forecast, and nobody meant to argue about that.",
    _CLAUSES.format(word="will"),
    _CLAUSES.format(word="shall"),
)


_FIFTHS = (
    """list Fifth{title}
  Fifth 1 "1"
  Fifth 5 "5"

measure Achieved for each Fifth
  reported by Commissioner as percentage
  each quarter
  higher is better

clause All Reached
  incentive each quarter from Commissioner to Provider
  of £50,000
  when Achieved is at least 70.0% for each Fifth
"""
    + DUE
)

WHICH_END = Page(
    "L016",
    "A list of fifths, tenths or the like whose members are numbers, where neither the list nor its members say which end is which.",
    "The English Indices of Deprivation count the most deprived tenth as the first; who sorts areas by their score of deprivation, from "
    "low to high, has it last. With the ends exchanged, a contract that pays for a smaller gap pays for a greater one.",
    _FIFTHS.format(title=""),
    _FIFTHS.format(title=' "By deprivation: 1 is the most deprived"'),
)

_REVIEWED = (
    """clause Fee
  > {prose}
  payment each quarter from Commissioner to Provider
  of £50,000
"""
    + DUE
)

LOOSE_REOPENER = Page(
    "L027",
    "Prose, or a right in quotes, that opens the contract again in general words: `may be reviewed`, `discuss in good faith`, `as "
    "agreed from time to time`. Good faith in which the parties work together is no reopener, nor is the duty to make reasonable "
    "adjustments.",
    "In the European Union, what a public body has bought may be changed during the term on the strength of a review clause only where "
    "that clause is clear, precise and unequivocal (Directive 2014/24/EU, article 72(1)(a)). An agreement to agree, or to negotiate, "
    "binds nobody (Walford v Miles [1992] 2 AC 128).",
    _REVIEWED.format(prose="The fee may be reviewed if circumstances change."),
    _REVIEWED.format(prose="The fee stands for the whole term."),
)

MONEY_IN_PROSE = Page(
    "L030",
    "A clause of nothing but prose that names an amount of money or says that something is paid, repaid, withheld, deducted or refunded; "
    "and a sum in the quotes of a right or a duty. Prose beside lines that are worked out is not spoken of, nor prose about anything else.",
    "A line that begins with `>` is carried along and not evaluated. The parties sign the sentence, and the statement that both take for "
    "the whole of what is due leaves it out.",
    "clause Register Fee\n  > For keeping the register the Commissioner pays the Provider £5,000 a quarter.\n",
    """clause Register Fee
  > For keeping the register the Commissioner pays the Provider £5,000 a quarter.
  payment each quarter from Commissioner to Provider
  of £5,000
"""
    + DUE,
)


RULES = (
    Rule(MIXED_DUTIES, mixed_duties),
    Rule(WHICH_END, which_end),
    Rule(LOOSE_REOPENER, loose_reopener),
    Rule(MONEY_IN_PROSE, money_in_prose),
)
