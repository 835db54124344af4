using Descent.Fitting.Families;
using Descent.Models.Linear;
using Descent.Models.Separation;
using Descent.Runs;

namespace Descent.Fitting.Fits;

// Likelihoods whose limit is not known: whether there is one is decided all the same, by the rows alone.
sealed partial class RiskFitter
{
    void SayRecession(EmpiricalRisk<double> risk, RunResult<double> run)
    {
        if (data.Family.Recession is not { } kind || run.Certificate!.RelativeGap <= 1e-6) return;
        SeparationAnalysis? found = RecessionOf(kind, risk);
        if (found?.Verdict != Verdict.Separated) return;
        bool classes = data.Family.Labels is LabelKind.TwoClasses or LabelKind.Shares or LabelKind.Ordered;
        separation = found.IsComplete && classes ? CompleteWords
            : $"The likelihood has no maximum: along a direction {data.Family.Receding(Text.Plural(found.SeparatedRows.Count, "row"))}, so "
            + $"that some estimates are infinite{Moving(found)}. Add a penalty (`L2 = 1/n`), or drop what separates.";
        remarks.Add(separation);
    }

    SeparationAnalysis? RecessionOf(SeparationKind kind, EmpiricalRisk<double> risk)
    {
        int thresholds = data.Family.HasThresholds ? data.Classes!.Count - 1 : 0, width = Columns + thresholds;
        if (data.Family.RecedingRows(labels, thresholds + 1) is not { } listed)
            return SeparationAnalysis.Fits(kind, train.Length, Columns, 2) ? Analysed(kind, [], risk.HasIntercept, false) : null;
        RecedingRow[] sums = [.. listed];
        if (!SeparationAnalysis.Fits(kind, sums.Length, width, 2)) return null;
        double[] x = new double[(long)sums.Length * width], ones = new double[sums.Length];
        Array.Fill(ones, 1);
        for (int r = 0; r < sums.Length; r++)
        {
            Span<double> row = x.AsSpan(r * width, width);
            AddRow(sums[r].Plus, 1, row);
            AddRow(sums[r].Minus, -1, row);
            if (sums[r].Up >= 0) row[Columns + sums[r].Up] = 1;
            if (sums[r].Down >= 0) row[Columns + sums[r].Down] = -1;
        }
        return SeparationAnalysis.Of(new DenseRows<double>(x, sums.Length, width), kind, ones, null, false, 2);
    }

    void AddRow(int i, double factor, Span<double> to)
    {
        if (i < 0) return;
        if (sparse is { } rows)
        {
            rows.AddScaled(i, factor, to[..Columns]);
            return;
        }
        for (int j = 0; j < Columns; j++) to[j] += factor * dense!.Value[((long)i * Columns) + j];
    }

    // The columns that a direction moves; others may move with them.
    string Moving(SeparationAnalysis found)
    {
        SortedSet<int> moved = [];
        foreach (Recession r in found.Directions)
        {
            double largest = r.Move.Max(Math.Abs);
            for (int j = 0; j < Columns; j++)
                if (Math.Abs(r.Move[j]) > 1e-9 * largest) moved.Add(j);
        }
        string[] names = [.. moved.Take(8).Select(j => data.Features[kept?[j] ?? j].Name)];
        return names.Length == 0 ? "" : $", those of {string.Join(", ", names)}{(moved.Count > 8 ? $" and {moved.Count - 8} more" : "")} "
            + "among them";
    }
}
