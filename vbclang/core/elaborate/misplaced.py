"""Lines that say nothing where they stand: said twice, or in a clause or item to which they do not belong. Each is refused."""

from __future__ import annotations

from collections.abc import Iterable

from vbclang.core.elaborate.lines import MAY_REPEAT, OF_FLOWS_ALONE, OF_OTHERS_ALONE
from vbclang.core.elaborate.misused import kept_until
from vbclang.core.elaborate.workbench import Workbench, how_often, refuse
from vbclang.source import Label, Reading, Span
from vbclang.syntax import tree
from vbclang.types.algebra import article


def said_twice(w: Workbench, lines: Iterable[tree.Node]) -> None:
    """Report the second of two lines of which an item has one only."""
    first: dict[object, Span] = {}
    before = False
    for line in lines:
        slot: object = (tree.DeliveryLine, line.stage) if isinstance(line, tree.DeliveryLine) else type(line)
        if isinstance(line, tree.IfLine):
            slot = (tree.IfLine, line.state)
        elif type(line) in MAY_REPEAT and not isinstance(line, tree.DeliveryLine):
            continue
        if slot in first and not before:  # lines that are all said twice are one fault: the heading above them is missing
            why = "This is said twice here, so one of the two would not count. Keep one of them."
            w.note(refuse("C031", why, line.span, labels=(Label(first[slot], "said here first"),)))
        before = slot in first
        first.setdefault(slot, line.span)


def in_flow(w: Workbench, c: tree.Clause, head: tree.FlowHead) -> None:
    """Report the lines of a clause that moves money that have no meaning in it."""
    said_twice(w, c.lines)
    for line in c.lines:
        if isinstance(line, tree.UntilLine) and head.kind == "withholding":
            w.note(kept_until(w, line))
        elif type(line) in OF_OTHERS_ALONE:
            words, home = OF_OTHERS_ALONE[type(line)]
            why = f"`{words}` belongs to {home}; this clause moves money. Put it into a clause of its own that is {home}."
            w.note(refuse("C031", why, line.span))
    _by_kind(w, c, head)
    _alone(w, c)


def in_other(w: Workbench, c: tree.Clause, word: str) -> None:
    """The same of another provision; ``word`` says what it is: `duty`."""
    said_twice(w, c.lines)
    for line in c.lines:
        if isinstance(line, tree.DueLine) and word in ("right", "termination"):
            why = f"A {word} is not due: it is exercised by its last day. Or put what is due into a clause of its own."
            w.note(refuse("C031", why, line.span, Reading("", f"exercised{w.written(line.span).removeprefix('due')}", line.span)))
        elif type(line) in OF_FLOWS_ALONE:
            why = f"`{OF_FLOWS_ALONE[type(line)]}` belongs to a clause that moves money; this one is a {word}."
            w.note(refuse("C031", f"{why} Put the money into a clause of its own.", line.span))


def _by_kind(w: Workbench, c: tree.Clause, head: tree.FlowHead) -> None:
    if head.kind == "share" and not any(isinstance(line, tree.RunsBothWaysLine | tree.Bad) for line in c.lines):
        why = f"A share goes either way: below nothing, money goes from {head.payee.name.text}. The clause must say so."
        both = Reading("where it goes either way", "  runs both ways")
        one = Reading("where it goes one way only", w.written(head.span).replace("share", "incentive", 1), head.span)
        w.note(refuse("C032", why, head.span, both, one))
    a_or_an = article(head.kind)
    each = how_often(head)
    for line in c.lines:
        match line:
            case tree.RunsBothWaysLine() if head.kind != "share":
                why = f"{a_or_an.capitalize()} {head.kind} is paid one way only. Money that can go either way is a `share`."
                text = f"share {each} from {head.payer.name.text} to {head.payee.name.text}"
                w.note(refuse("C031", why, line.span, Reading("", text, head.span)))
            case tree.ReleasedLine() | tree.NotReleasedLine() if head.kind != "withholding":
                why = f"Only money that is kept back is released, and this is {a_or_an} {head.kind}."
                text = f"withholding {each} from {head.payer.name.text} to {head.payee.name.text}"
                w.note(refuse("C031", why, line.span, Reading("", text, head.span)))
            case tree.LimitedLine(way=way) if way != "both" and head.kind != "share":
                why = f"{a_or_an.capitalize()} {head.kind} has no gain and loss: it is paid one way only. Write `limited to …`."
                w.note(refuse("C031", why, line.span))
            case tree.IfLine(kinds=kinds) if kinds and head.kind not in kinds:
                why = f"This line speaks of {kinds[0]}s, but the clause is {a_or_an} {head.kind}, so it says nothing here."
                w.note(refuse("C031", why, line.span, Reading("", f"  if {line.state}, nothing is due")))
            case _:
                pass


def _alone(w: Workbench, c: tree.Clause) -> None:
    """Lines that need another beside them."""
    present = {type(line) for line in c.lines}
    for line in c.lines:
        if isinstance(line, tree.CuredDoesNotCountLine) and tree.CuredByLine not in present:
            why = "Nothing in this clause says how a failure is cured."
            w.note(refuse("C031", why, line.span, Reading("", "  cured by Remedy within 20 working days after Notice of Failure")))
        if isinstance(line, tree.ExcessSharedLine) and not any(isinstance(o, tree.LimitedLine) and o.for_each_of for o in c.lines):
            why = "There is no excess to share: no line of this clause limits what each member bears or gets."
            w.note(refuse("C031", why, line.span, Reading("", "  limited to £50,000 for each of Providers")))


_OF_CLAUSES = (
    tree.PartPeriodLine,
    tree.CorrectedLine,
    tree.DifferencesLine,
    tree.OnDataLine,
    tree.SurvivesLine,
    tree.CountingStartsAgainLine,
)


def at_measure(w: Workbench, name: tree.Name, lines: Iterable[tree.Node], what: str) -> None:
    """Report the common lines that a measure or a defined term does not have."""
    lines = tuple(lines)
    said_twice(w, lines)
    for line in lines:
        if isinstance(line, _OF_CLAUSES) or (isinstance(line, tree.BlankPeriodsLine) and what == "measure"):
            why = f"This line is about a clause; `{name.text}` is a {what}, so it says nothing here."
            w.note(refuse("C031", f"{why} Move it to the clause, or to the contract's heading.", line.span))


def in_contract(w: Workbench) -> None:
    """Report the lines of the contract's heading that say nothing there."""
    for line in w.settings.lines:
        match line:
            case tree.IfLine(kinds=()):
                why = "For which clauses does the contract say this? Name the kind of clause, so that it reaches no other by accident."
                ways = (f"if {line.state}, incentives pay nothing", f"if {line.state}, sanctions pay nothing")
                w.note(refuse("C031", why, line.span, *(Reading("", way, line.span) for way in ways)))
            case tree.SurvivesLine():
                w.note(refuse("C031", "Which clause survives termination? Write this line under that clause.", line.span))
            case tree.LanguageLine(edition=edition) if edition != 1:
                why = f"This program reads edition 1 of the language; it does not know edition {edition}."
                w.note(refuse("C022", why, line.span, Reading("", "language 1", line.span)))
            case _:
                pass
