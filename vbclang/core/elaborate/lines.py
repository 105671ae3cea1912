"""What becomes of each line of a contract, so that none is read and then forgotten.

Every kind of line stands in exactly one of two tables. It is carried out: its meaning is in the program, or in a finding. Or it is for
people: it moves no money and changes no figure.
"""

from __future__ import annotations

from vbclang.syntax import tree

CARRIED_OUT: frozenset[type[tree.Node]] = frozenset(
    {
        # the contract
        tree.LanguageLine,
        tree.TermLine,
        tree.YearStartsLine,
        tree.FirstYearLine,
        tree.CurrencyLine,
        tree.SettledLine,
        tree.NettedLine,
        tree.WorkingDaysLine,
        tree.RoundedLine,
        # flows
        tree.FlowHead,
        tree.OfLine,
        tree.InstalmentsLine,
        tree.DrawnFromLine,
        tree.EarnedLine,
        tree.WhenLine,
        tree.UnlessLine,
        tree.NotBelowLine,
        tree.LimitedLine,
        tree.DividedLine,
        tree.BorneFirstLine,
        tree.ExcessSharedLine,
        tree.DueLine,
        tree.ReleasedLine,
        tree.NotReleasedLine,
        tree.RunsBothWaysLine,
        tree.RoundingCarriedLine,
        tree.IfLine,
        tree.BlankPeriodsLine,
        tree.PartPeriodLine,
        tree.CorrectedLine,
        tree.DifferencesLine,
        tree.OnDataLine,
        tree.AcceptedLine,
        # data
        tree.RowPerLine,
        tree.FromFileLine,
        tree.SourceLine,
        tree.SuppliedByLine,
        tree.CheckedByLine,
        tree.DeliveryLine,
        tree.ColumnLine,
        tree.ColumnsForEachLine,
        tree.CompleteLine,
        tree.NotShownLine,
        tree.AttributedLine,
        # measures
        tree.DefinitionLine,
        tree.EachLine,
        tree.BetterLine,
        tree.BaselineLine,
        tree.LeastRowsLine,
        tree.FewerAtStartLine,
        tree.HistoryLine,
        tree.WaivedByLine,
        tree.CuredByLine,
        tree.CuredDoesNotCountLine,
        tree.CountingStartsAgainLine,
        # events and provisions
        tree.SurvivesLine,
        tree.NotifiedLine,
        tree.ExcludingLine,
        tree.DatedByLine,
        tree.TerminationHead,
        tree.AutomaticEndHead,
        tree.DutyHead,
        tree.RightHead,
        tree.WarningHead,
        tree.SuspensionHead,
        tree.UntilLine,
        tree.AtAnyTimeLine,
        tree.OnNoticeLine,
        tree.ExitPaymentLine,
        tree.ExercisedLine,
        tree.FailingWhichLine,
        # guarantees and worked examples
        tree.GuaranteeCondition,
        tree.AtEveryMoment,
        tree.Assuming,
        tree.InPeriod,
        tree.ForWhom,
        tree.GivenFigure,
        tree.GivenTable,
        tree.GivenEvent,
        tree.GivenClause,
        tree.ThenEventDue,
        tree.GivenRows,
        tree.ThenClause,
        tree.ThenParty,
        tree.ThenFigure,
    }
)

FOR_PEOPLE: dict[type[tree.Node], str] = {
    tree.ReferenceLine: "the number under which the parties file the contract",
    tree.InAdditionLine: "it answers a question of drafting; each clause is worked out by itself anyway",
    tree.FrozenLine: "which edition of a model or code list whoever works out the figures is to use",
    tree.NotPublishedLine: "a count that is not published arrives as not reported",
}

MAY_REPEAT: frozenset[type[tree.Node]] = frozenset(
    {
        tree.Bad,
        tree.WhenLine,
        tree.UnlessLine,
        tree.LimitedLine,
        tree.DrawnFromLine,
        tree.IfLine,
        tree.InAdditionLine,
        tree.AcceptedLine,
        tree.FailingWhichLine,
        tree.ColumnLine,
        tree.ColumnsForEachLine,
        tree.DeliveryLine,
        tree.ExcludingLine,
        tree.GuaranteeCondition,
        tree.Assuming,
        tree.FrozenLine,
    }
)
"""Lines of which an item may have several; of all others the second would say nothing or contradict the first."""

OF_FLOWS_ALONE: dict[type[tree.Node], str] = {
    tree.OfLine: "of …",
    tree.InstalmentsLine: "in … equal instalments",
    tree.DrawnFromLine: "drawn from …",
    tree.EarnedLine: "earned by …",
    tree.NotBelowLine: "not below …",
    tree.LimitedLine: "limited to …",
    tree.DividedLine: "divided …",
    tree.BorneFirstLine: "borne first by …",
    tree.ExcessSharedLine: "the excess is shared …",
    tree.DueLine: "due …",
    tree.RunsBothWaysLine: "runs both ways",
    tree.RoundingCarriedLine: "rounding differences …",
    tree.ReleasedLine: "released when …",
    tree.NotReleasedLine: "if not released …",
    tree.WaivedByLine: "may be waived by …",
    tree.InAdditionLine: "in addition to …",
    tree.PartPeriodLine: "in a part period, …",
    tree.CorrectedLine: "corrected …",
    tree.DifferencesLine: "differences … are dropped",
    tree.CuredDoesNotCountLine: "a cured failure does not count",
}

OF_OTHERS_ALONE: dict[type[tree.Node], tuple[str, str]] = {
    tree.UntilLine: ("until …", "a suspension"),
    tree.AtAnyTimeLine: ("at any time", "a termination"),
    tree.OnNoticeLine: ("on … notice", "a termination"),
    tree.ExitPaymentLine: ("exit payment …", "a termination"),
    tree.FailingWhichLine: ("failing which …", "a duty"),
    tree.ExercisedLine: ("exercised …", "a right or a termination"),
}
"""Lines that a clause that moves money does not have: how they begin, and where they belong."""
