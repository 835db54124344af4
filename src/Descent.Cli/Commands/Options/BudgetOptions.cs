using System.CommandLine;

namespace Descent.Cli.Commands.Options;

/// <summary>When a run ends.</summary>
sealed class BudgetOptions : OptionGroup
{
    readonly Option<double?> epochs, gap, gradTol, tol;
    readonly Option<long?> steps;
    readonly Option<string?> timeLimit;
    readonly Option<int?> patience;

    public BudgetOptions()
    {
        epochs = Add<double?>("--epochs", "Budget in epochs (n single gradients each).", null, "--passes");
        steps = Add<long?>("--steps", "Budget in steps.");
        timeLimit = Optional("--time-limit", "Budget in time: 30s, 5m, 500ms.");
        gap = Add<double?>("--gap", "Stop at this certified gap, relative to F.");
        gradTol = Add<double?>("--grad-tol", "Stop at this gradient norm.");
        tol = Add<double?>("--tol", "Stop when F changes by less than this part of itself in an epoch.");
        patience = Add<int?>("--patience", "End when the held-out loss (--valid) has not improved for this many trace points; the best "
            + "iterate is kept.");
    }

    /// <summary>The budget that was asked for.</summary>
    public Budget Read(ParseResult p, Faults faults) => new()
    {
        Epochs = p.GetValue(epochs),
        Steps = p.GetValue(steps),
        Time = faults.Of(() => OptionText.Time(p.GetValue(timeLimit))),
        Gap = p.GetValue(gap),
        GradientTolerance = p.GetValue(gradTol),
        Tolerance = p.GetValue(tol),
        Patience = p.GetValue(patience),
    };
}
