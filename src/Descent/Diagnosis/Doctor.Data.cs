namespace Descent.Diagnosis;

// Data and model: columns, classes, capacity.
public static partial class Doctor
{
    static Finding? Separable(CaseHistory h) => h.Separation is { } words
        ? new Finding(Ailment.Separable, words, "A penalty makes the optimum finite: `L2 = 1/n`.", Set("L2", "1/n"))
        : null;

    static Finding? Conditioning(CaseHistory h)
    {
        if (h.Columns.Count == 0 || !h.Missed || !(h.Condition > 1000)) return null;
        ColumnScale widest = h.Columns.MaxBy(c => c.Size)!;
        // A column far from 0 runs along the intercept: what is left of it is its deviation.
        ColumnScale[] moving = [.. h.Columns.Where(c => c.Deviation > 0)];
        if (moving.Length == 0) return null;
        ColumnScale narrowest = moving.MinBy(c => c.Deviation)!;
        double ratio = widest.Size / narrowest.Deviation;
        if (ratio < 5) return null;
        string which = widest == narrowest
            ? $"'{widest.Name}' has mean {Figure(widest.Mean)} and standard deviation {Figure(widest.Deviation)}"
            : $"'{widest.Name}' is of size {Figure(widest.Size)}, '{narrowest.Name}' varies by {Figure(narrowest.Deviation)}";
        return new Finding(Ailment.IllConditioned,
            $"the Hessian has condition number {Figure(h.Condition)}, and columns differ in scale: {which}{Gap(h)}.",
            "Centre and scale the columns: `Standardise = true`.", Set("Standardise", ""));
    }

    static Finding? OverFitting(CaseHistory h)
    {
        if (h.HeldOut.Count < 2 || h.StopsEarly) return null;
        HeldOutPoint best = h.HeldOut.MinBy(p => p.Loss)!, last = h.HeldOut[^1];
        double error = double.IsNaN(h.HeldOutError) ? 0 : h.HeldOutError;
        string more = h.Penalty > 0 ? Figure(30 * h.Penalty) : "0.1";
        if (last.Epochs > best.Epochs && best.Epochs >= 1 && last.Loss > best.Loss + Math.Max(2 * error, 0.1 * Math.Abs(best.Loss)))
            return new Finding(Ailment.OverFitting,
                $"the held-out loss was {Figure(best.Loss)} at epoch {Figure(best.Epochs)} and {Figure(last.Loss)} at the end (± "
                + $"{Figure(error)}), while the training loss fell on.", "Stop where the held-out loss is smallest: `Patience = 3`.",
                Set("Patience", "3"));
        if (h.HeldOutNull > 0 && last.Loss > h.HeldOutNull + (2 * error))
            return new Finding(Ailment.OverFitting,
                $"held-out rows have mean loss {Figure(last.Loss)} ± {Figure(error)}, a constant prediction {Figure(h.HeldOutNull)}.",
                $"Penalise more: `L2 = {more}`.", Set("L2", more));
        return null;
    }

    static Finding? Dead(CaseHistory h)
    {
        if (h.HiddenUnits == 0 || h.DeadUnits < 0.3 * h.HiddenUnits) return null;
        return new Finding(Ailment.DeadUnits,
            $"{h.DeadUnits} of {h.HiddenUnits} hidden units give the same answer to every row, so no gradient reaches them.",
            h.StepGiven ? $"Steps as large as {Figure(FirstStep(h))} push units out of reach: `StepSize = auto`."
                : "Units that cannot die: `Activation = tanh`.", h.StepGiven ? Set("StepSize", null) : Set("Activation", "tanh"));
    }
}
