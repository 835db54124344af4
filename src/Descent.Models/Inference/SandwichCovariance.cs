using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Models.Inference;

/// <summary>
/// The sandwich <c>B M B</c> with <c>B = (W·∇²F)⁻¹</c> and M what the rows' own gradients <c>sᵢ = ωᵢφ′ᵢ ⊗ xᵢ</c> vary by (<see
/// cref="SandwichKind"/>): the covariance of the estimates where the rows (or the clusters of rows) are independent, whatever else the
/// model says wrongly of their spread. W the sum of the weights ωᵢ; the leverage is <c>hᵢ = ωᵢφ″ᵢ xᵢᵀBxᵢ</c>. Where the loss has kinks,
/// <see cref="QuantileScores"/> takes the place of φ′ and φ″, and B is <c>(Σ ωᵢf̂ᵢ xᵢxᵢᵀ)⁻¹</c>.
/// </summary>
/// <remarks>
/// For objectives without a penalty, at the optimum; leverages for one margin a row. One Hessian, and n·p² operations; memory 3p² + 3nK, K
/// margins a row. Rows are added in their order, clusters in the order of their numbers: the same bits always.
/// </remarks>
public sealed class SandwichCovariance
{
    readonly EmpiricalRisk<double> risk;
    readonly double[] bread, meat, slopes, row;
    readonly int[] columns;
    readonly double[] margins;
    readonly int p, outputs;
    bool repeated;

    SandwichCovariance(EmpiricalRisk<double> risk, double[] point, double[] bread, QuantileScores? scores)
    {
        (this.risk, this.bread) = (risk, bread);
        (p, outputs) = (risk.Dimension, risk.Outputs);
        meat = new double[p * p];
        (row, columns) = (new double[p], new int[p]);
        (margins, slopes) = (new double[risk.Count * outputs], new double[risk.Count * outputs]);
        risk.Margins(point, margins);
        if (scores is null) risk.LossesAt(margins, slopes, new double[risk.Count]);
        else scores.Slopes.CopyTo(slopes, 0);
    }

    /// <summary>The largest leverage hᵢ; 0 where none is used. At 1 HC2 and HC3 do not exist.</summary>
    public double LargestLeverage { get; private set; }

    /// <summary>B M B, p × p; NaN where a leverage is 1.</summary>
    public double[] Matrix { get; private set; } = [];

    /// <summary>The covariance of the parameters.</summary>
    /// <param name="risk">The objective, without a penalty; one margin a row for HC2 and HC3.</param>
    /// <param name="point">Its optimum, length p.</param>
    /// <param name="kind">What stands in the middle.</param>
    /// <param name="clusters">The cluster of each row, numbered from 0; for <see cref="SandwichKind.Cluster"/> alone.</param>
    /// <param name="repeated">Whether a row of weight w stands for w equal rows: then there are Σw of them, and each has a gradient of
    /// its own.</param>
    /// <param name="scores">Slopes and curvatures of a loss with kinks; null for those of the loss. HC0, HC1 and clusters alone.</param>
    /// <returns>Null when the Hessian is singular.</returns>
    /// <exception cref="ArgumentException">Leverages of several margins a row or of a loss with kinks, or clusters that are not as many as
    /// the rows.</exception>
    public static SandwichCovariance? Of(EmpiricalRisk<double> risk, double[] point, SandwichKind kind, int[]? clusters = null,
        bool repeated = false, QuantileScores? scores = null)
    {
        ArgumentNullException.ThrowIfNull(risk);
        ArgumentNullException.ThrowIfNull(point);
        if (kind is SandwichKind.HC2 or SandwichKind.HC3 && (risk.Outputs != 1 || scores is not null))
            throw new ArgumentException($"{kind} divides by 1 − the leverage, and "
                + (scores is null ? $"rows of {risk.Outputs} margins have none." : "a loss with kinks has none."), nameof(kind));
        if ((kind == SandwichKind.Cluster) != (clusters is not null) || (clusters is not null && clusters.Length != risk.Count))
            throw new ArgumentException($"{kind} for {risk.Count} rows; got {clusters?.Length ?? 0} clusters.", nameof(clusters));
        int p = risk.Dimension;
        double[] hessian = new double[p * p];
        risk.Meter.Paused = true;
        if (scores is null) risk.Curvature(point, new double[p], hessian);
        else risk.WeightedGram([.. scores.Curvatures.Select((c, i) => c * risk.WeightOf(i))], hessian);
        risk.Meter.Paused = false;
        if (WaldInference.Covariance(hessian, p, risk.TotalWeight, 1) is not { } bread) return null;
        SandwichCovariance s = new(risk, point, bread, scores) { repeated = repeated };
        if (clusters is not null) s.AddClusters(clusters);
        else s.AddRows(kind);
        s.Matrix = s.Product(s.SmallSample(kind, clusters));
        return s;
    }

    double SmallSample(SandwichKind kind, int[]? clusters)
    {
        double n = repeated ? risk.TotalWeight : risk.Count, groups = clusters?.Distinct().Count() ?? 0;
        return kind switch
        {
            SandwichKind.HC1 => n / (n - p),
            SandwichKind.Cluster => groups / (groups - 1) * (risk.Kind == LossKind.Linear ? (n - 1) / (n - p) : 1),
            _ => 1,
        };
    }

    void AddRows(SandwichKind kind)
    {
        for (int i = 0; i < risk.Count; i++)
        {
            int count = Read(i);
            double weight = risk.WeightOf(i) * risk.TotalWeight, share = 1;
            if (kind is SandwichKind.HC2 or SandwichKind.HC3)
            {
                double h = (repeated ? 1 : weight) * Curvature(i) * Quadratic(count);
                LargestLeverage = Math.Max(LargestLeverage, h);
                share = kind == SandwichKind.HC2 ? 1 - h : (1 - h) * (1 - h);
            }
            double square = (repeated ? weight : weight * weight) / share;
            for (int c = 0; c < outputs; c++)
                for (int e = 0; e < outputs; e++)
                {
                    double product = square * slopes[(i * outputs) + c] * slopes[(i * outputs) + e];
                    for (int a = 0; a < count; a++)
                        for (int b = 0; b < count; b++) meat[(Place(a, c) * p) + Place(b, e)] += product * row[a] * row[b];
                }
        }
    }

    void AddClusters(int[] clusters)
    {
        int[] order = [.. Enumerable.Range(0, clusters.Length)];
        Array.Sort([.. clusters.Select((c, i) => ((long)c << 32) + i)], order);
        double[] sum = new double[p];
        for (int k = 0; k < order.Length; k++)
        {
            int i = order[k], count = Read(i);
            for (int c = 0; c < outputs; c++)
            {
                double s = risk.WeightOf(i) * risk.TotalWeight * slopes[(i * outputs) + c];
                for (int a = 0; a < count; a++) sum[Place(a, c)] += s * row[a];
            }
            if (k + 1 < order.Length && clusters[order[k + 1]] == clusters[i]) continue;
            for (int a = 0; a < p; a++)
                for (int b = 0; b < p; b++) meat[(a * p) + b] += sum[a] * sum[b];
            Array.Clear(sum);
        }
    }

    // The entries of a row that are not zero, and the constant, which stands after the columns.
    int Read(int i)
    {
        int count = risk.ReadRow(i, columns, row);
        if (!risk.HasIntercept) return count;
        (columns[count], row[count]) = (risk.Columns, 1);
        return count + 1;
    }

    // The parameter of an entry for one of the margins: columns margin by margin, then the intercepts.
    int Place(int entry, int output) => columns[entry] == risk.Columns ? (outputs * risk.Columns) + output
        : (output * risk.Columns) + columns[entry];

    double Curvature(int i)
    {
        Span<double> one = [1], result = [0];
        risk.CurvatureAt(i, margins.AsSpan(i, 1), one, result);
        return result[0];
    }

    double Quadratic(int count)
    {
        double sum = 0;
        for (int a = 0; a < count; a++)
            for (int b = 0; b < count; b++) sum += row[a] * bread[(columns[a] * p) + columns[b]] * row[b];
        return sum;
    }

    double[] Product(double factor)
    {
        double[] half = new double[p * p], whole = new double[p * p];
        Multiply(bread, meat, half, 1);
        Multiply(half, bread, whole, factor);
        return whole;
    }

    void Multiply(double[] left, double[] right, double[] product, double factor)
    {
        for (int i = 0; i < p; i++)
            for (int k = 0; k < p; k++)
            {
                double x = factor * left[(i * p) + k];
                for (int j = 0; j < p; j++) product[(i * p) + j] += x * right[(k * p) + j];
            }
    }
}
