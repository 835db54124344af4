using System.Text;
using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Separation;
using Descent.Runs;

namespace Descent.Fitting.Families;

/// <summary>Proportional odds: the probabilities of several classes in order, by one vector of weights and a threshold between each two.
/// Margins are the log-odds of lying above each threshold.</summary>
sealed class OrdinalFamily() : ModelFamily("ordinal", LabelKind.Ordered, "polr", "proportional-odds")
{
    /// <inheritdoc/>
    public override bool HasThresholds => true;

    /// <inheritdoc/>
    public override double TypicalCurvature => 0.1;

    internal override string? NoSandwich => "has a margin a threshold";

    internal override ProofLoss? Proof => null;

    internal override SeparationKind? Recession => SeparationKind.TwoClasses;

    internal override IEnumerable<RecedingRow> RecedingRows(double[] labels, int classes) => RecedingRow.OfOrder(labels, classes);

    internal override string Receding(string rows) => "no class becomes less probable in its rows, and some tend to certainty";

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        new OrdinalRisk<TRows>(rows, labels, classes, options);

    internal override int MarginsOf(int classes, bool reference) => classes - 1;

    internal override int ClassOf(ReadOnlySpan<double> margins, bool reference)
    {
        Span<double> p = margins.Length < 256 ? stackalloc double[margins.Length + 1] : new double[margins.Length + 1];
        Probabilities(margins, reference, p);
        int best = 0;
        for (int k = 1; k < p.Length; k++)
            if (p[k] > p[best]) best = k;
        return best;
    }

    internal override double Predicted(ReadOnlySpan<double> margins, bool reference) => ClassOf(margins, reference);

    internal override void Probabilities(ReadOnlySpan<double> margins, bool reference, Span<double> p)
    {
        for (int k = 0; k < p.Length; k++) p[k] = Math.Exp(-Surprise(margins, k));
    }

    // −log P(class k), as a sum of logarithms that keep their digits where the probability is small or near 1.
    static double Surprise(ReadOnlySpan<double> z, int k)
    {
        double sum = k < z.Length ? LogOnePlusExp(z[k]) : 0;
        if (k == 0) return sum;
        sum += LogOnePlusExp(-z[k - 1]);
        return k == z.Length ? sum : sum - Math.Log(-ElementaryFunctions.ExpMinusOne(z[k] - z[k - 1]));
    }

    static double LogOnePlusExp(double z) => Math.Max(z, 0) + ElementaryFunctions.LogOnePlus(Math.Exp(-Math.Abs(z)));

    internal override FitQuality Measure(MeasuredRows rows)
    {
        int classes = rows.Outputs + 1;
        int[][] confusion = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        double loss = 0, total = 0, nullLoss = 0;
        double[] counts = new double[classes];
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<double> z = rows.Margins.Slice(i * rows.Outputs, rows.Outputs);
            int y = (int)rows.Labels[i];
            double w = rows.WeightOf(i);
            loss += w * Surprise(z, y);
            total += w;
            counts[y] += w;
            confusion[y][ClassOf(z, false)]++;
        }
        foreach (double c in counts)
            if (c > 0) nullLoss -= c * Math.Log(c / total);
        if (rows.Offsets is not null) nullLoss = NullLoss(rows, counts, total);
        return FitQuality.OfClasses(confusion, rows.Count, loss / total) with
        {
            Degrees = rows.Used - rows.Parameters,
            LogLikelihood = rows.HasLikelihood ? -loss : null,
            Deviance = 2 * loss,
            NullDeviance = 2 * nullLoss,
            Aic = rows.HasLikelihood ? (2 * loss) + (2 * rows.Parameters) : null,
        };
    }

    // The thresholds alone, beside the offsets, by Newton's method from the shares of the classes. A class without rows has none.
    static double NullLoss(MeasuredRows rows, double[] counts, double total)
    {
        int[] place = new int[counts.Length];
        int present = 0;
        for (int k = 0; k < counts.Length; k++) place[k] = counts[k] > 0 ? present++ : 0;
        if (present < 2) return 0;
        double[] labels = new double[rows.Count], weights = new double[rows.Count];
        for (int i = 0; i < labels.Length; i++) (labels[i], weights[i]) = (place[(int)rows.Labels[i]], rows.WeightOf(i));
        OrdinalRisk<DenseRows<double>> risk = new(new DenseRows<double>(Array.Empty<double>(), labels.Length, 0), labels, present,
            new RiskOptions { Weights = weights, Offsets = rows.Offsets });
        double[] end = new Problem<double, OrdinalRisk<DenseRows<double>>>(risk).Minimize(Methods.Newton(), new RunOptions<double>
        {
            Start = risk.NeutralPoint.ToArray(),
            MaxSteps = 100,
        }).Point;
        return total * risk.Value(end);
    }

    internal override string? Wrong(double[][] weights, double[]? constants)
    {
        if (constants is null) return "an ordinal model needs its thresholds";
        for (int k = 1; k < weights.Length; k++)
        {
            if (!weights[k].AsSpan().SequenceEqual(weights[0])) return "the weights of an ordinal model differ between thresholds";
            if (!(constants[k] < constants[k - 1])) return "the thresholds of an ordinal model are not in order";
        }
        return null;
    }

    internal override IReadOnlyList<string> PredictedColumns(IReadOnlyList<string> classes) =>
        ["predicted", .. classes.Select(c => CsvText.Field("p_" + c))];

    internal override void AppendPrediction(StringBuilder line, ReadOnlySpan<double> margins, IReadOnlyList<string> classes, bool reference)
    {
        Span<double> p = classes.Count <= 256 ? stackalloc double[classes.Count] : new double[classes.Count];
        Probabilities(margins, reference, p);
        line.Append(CsvText.Field(classes[ClassOf(margins, reference)]));
        foreach (double v in p) line.Append(',').Append(Text.Exact(v));
    }

    internal override string Describe(ModelWords words) =>
        $"proportional odds over {words.Classes!.Count} classes in order ({string.Join(" < ", words.Classes.Take(8))}"
            + $"{(words.Classes.Count > 8 ? " < …" : "")}): logit P({words.Target} ≤ k) = ζₖ − x·w";

    internal override string Loss => "mean of −log P(class)";
}
