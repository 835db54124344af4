using Descent.Models.Linear;

namespace Descent.Models.Separation;

/// <summary>
/// Decides whether a logistic, softmax or Poisson likelihood without penalty attains its maximum, and what is left of it when it does not:
/// which rows, classes and parameters run away, the infimum, the estimates that stay finite and their covariance.
/// </summary>
/// <remarks>
/// Both answers are verified (see <see cref="Verdict"/>): a direction along which no loss rises and some fall for ever, or positive
/// multipliers that show there is none. No threshold on the size of estimates or probabilities is involved. Parameters are in the layout of
/// <see cref="EmpiricalRisk{T}"/> on the rows given: k weight vectors, then k intercepts. Memory n·(d + 1) doubles; see <see cref="Fits"/>.
/// Deterministic. Sources: Albert and Anderson 1984; Santner and Duffy 1986; Konis 2007; Geyer 2009.
/// </remarks>
public sealed class SeparationAnalysis
{
    readonly Design design;
    readonly int outputs, examples;
    readonly bool counts;
    readonly double[] own, omega, offset;
    readonly double totalWeight;
    readonly RecessionRows rows;
    Partition? inner;
    double[][]? speeds;

    SeparationAnalysis(Design design, SeparationKind kind, double[] labels, double[]? weights, double[]? offsets, int classes)
    {
        this.design = design;
        examples = labels.Length;
        counts = kind == SeparationKind.Counts;
        outputs = kind == SeparationKind.Classes ? classes - 1 : 1;
        own = [.. design.Examples.Select(
            i => kind switch { SeparationKind.Classes => labels[i] - 1, SeparationKind.TwoClasses => labels[i] > 0.5 ? 0 : -1, _ =>
                labels[i] })];
        totalWeight = weights is null ? examples : Vectors.Sum<double>(weights);
        omega = [.. design.Examples.Select(i => (weights?[i] ?? 1) / totalWeight)];
        offset = [.. design.Examples.Select(i => offsets?[i] ?? 0)];
        rows = new RecessionRows(design, outputs, Inequalities());
    }

    /// <summary>The answer.</summary>
    public Verdict Verdict { get; private set; } = Verdict.Undecided;

    /// <summary>Whether every row is separated: then inf F is that of a perfect prediction.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Rows that are separated, from some class at least; by number among the rows given.</summary>
    public IReadOnlyList<int> SeparatedRows { get; private set; } = [];

    /// <summary>
    /// For each pair (own class, other class) the number of rows separated and of all; class numbers as in the labels. Empty for counts.
    /// </summary>
    public IReadOnlyList<(int Own, int Other, int Separated, int All)> Pairs { get; private set; } = [];

    /// <summary>A direction of recession along which all separated rows move at once.</summary>
    public double[] Direction { get; private set; } = [];

    /// <summary>
    /// A basis of the directions along which no other row moves, with the sum <see cref="Direction"/>: parameters that move along one of
    /// them have no finite estimate.
    /// </summary>
    public IReadOnlyList<Recession> Directions { get; private set; } = [];

    /// <summary>Minimiser of what is left; right in the parameters that no direction moves.</summary>
    public double[] Limit { get; private set; } = [];

    /// <summary>Minimum of what is left, which is inf F; NaN when it was not found.</summary>
    public double Infimum { get; private set; } = double.NaN;

    /// <summary>A proved lower bound on inf F; it holds whatever the verdict.</summary>
    public double LowerBound { get; private set; } = double.NegativeInfinity;

    /// <summary>Covariance of <see cref="Limit"/> with dispersion 1, p×p; null when it was not found.</summary>
    public double[]? Covariance { get; private set; }

    /// <summary>Rows that what is left depends on.</summary>
    public int LimitRows { get; private set; }

    /// <summary>Parameters that those rows determine.</summary>
    public int LimitRank { get; private set; }

    /// <summary>Whether the analysis is within memory and time:
    /// n·d ≤ 2.5·10⁷, p ≤ 2000 and a matrix of at most <paramref name="mostWork"/> products.</summary>
    public static bool Fits(SeparationKind kind, long count, int columns, int classes, double mostWork = 2e9) =>
        (double)count * (columns + 1) <= 2.5e7 && Blocks(kind, classes) * (double)count * (columns + 1) * (columns + 1) <= mostWork
        && (kind == SeparationKind.Classes ? classes - 1 : 1) * (columns + 1.0) <= 2000 && (double)count * Math.Max(1, classes - 1) <= 5e6;

    static double Blocks(SeparationKind kind, int classes) => kind == SeparationKind.Classes ? (classes - 1) * classes / 2.0 : 1;

    /// <summary>Decides which rows of a likelihood can be separated, and with that which estimates are infinite.</summary>
    /// <param name="rows">The rows; their columns must be independent (see <see cref="Inference.ColumnRank"/>).</param>
    /// <param name="kind">What the labels are.</param>
    /// <param name="labels">0/1, class numbers with class 0 the reference, or counts.</param>
    /// <param name="weights">Weights ≥ 0 or null; rows of weight 0 do not count.</param>
    /// <param name="intercept">Whether the model has intercepts.</param>
    /// <param name="classes">Number of classes of softmax.</param>
    /// <param name="point">A fitted point in the risk's layout, from which a quick proof is tried; empty for none.</param>
    /// <param name="offsets">What is added to the margin of each row; null for nothing. They change no separation, but the estimates that
    /// stay finite.</param>
    /// <param name="limit">Whether the infimum, the finite estimates and their covariance are wanted when the verdict is finite
    /// too.</param>
    public static SeparationAnalysis Of<TRows>(TRows rows, SeparationKind kind, double[] labels, double[]? weights, bool intercept,
        int classes, ReadOnlySpan<double> point = default, bool limit = false, double[]? offsets = null)
        where TRows : struct, IRows<double>
    {
        ArgumentNullException.ThrowIfNull(labels);
        SeparationAnalysis found = new(Design.Of(rows, weights, intercept), kind, labels, weights, offsets, classes);
        found.Decide(point, limit);
        return found;
    }

    List<(int Example, int Plus, int Minus)> Inequalities()
    {
        List<(int, int, int)> list = [];
        for (int i = 0; i < design.Count; i++)
        {
            if (counts)
            {
                list.Add((i, -1, 0));
                if (own[i] > 0) list.Add((i, 0, -1));
                continue;
            }
            for (int c = -1; c < outputs; c++)
                if (c != (int)own[i]) list.Add((i, (int)own[i], c));
        }
        return list;
    }

    void Decide(ReadOnlySpan<double> point, bool limit)
    {
        RecessionCone cone = new(rows);
        double[] start = point.IsEmpty ? [] : design.FromRisk(point, outputs);
        Partition? partition = null;
        if (start.Length > 0 && start.All(double.IsFinite))
            partition = (counts ? null : cone.ProveComplete(start)) ?? cone.ProveFinite(MultipliersAt(start));
        partition ??= cone.Solve();
        if (partition is null) return;
        Verdict = partition.Any ? Verdict.Separated : Verdict.Finite;
        IsComplete = partition.Any && partition.All;
        if (partition.Any) Describe(partition);
        if (partition.Any || limit) SolveLimit(partition, partition.Any ? [] : start);
    }

    // φ′ of every inequality at w: what vanishes together with the gradient.
    double[] MultipliersAt(double[] w)
    {
        double[] z = new double[rows.Count], multipliers = new double[rows.Count];
        Margins(w, z);
        if (counts)
        {
            // −xv ≥ 0 gets e^z, and xv ≥ 0 gets y.
            for (int r = 0; r < z.Length; r++)
            {
                (int e, int plus, _) = rows[r];
                multipliers[r] = omega[e] * (plus < 0 ? Math.Exp(-z[r]) : own[e]);
            }
            return multipliers;
        }
        for (int r = 0; r < z.Length; r += outputs)
        {
            // An example's inequalities stand together: margins over its own class, so probabilities of the others are e^{−z}/(1 +
            // Σe^{−z}).
            double top = 0, sum = 0;
            for (int c = 0; c < outputs; c++) top = Math.Max(top, -z[r + c]);
            for (int c = 0; c < outputs; c++) sum += multipliers[r + c] = Math.Exp(-z[r + c] - top);
            sum += Math.Exp(-top);
            for (int c = 0; c < outputs; c++) multipliers[r + c] *= omega[rows[r].Example] / sum;
        }
        return multipliers;
    }

    // Products of the inequalities at a point, offsets included: an inequality turns an example's margin as it turns its row.
    void Margins(double[] w, double[] z)
    {
        rows.Product(w, z);
        for (int r = 0; r < z.Length; r++)
        {
            (int e, int plus, int minus) = rows[r];
            z[r] += offset[e] * ((plus == 0 ? 1 : 0) - (minus == 0 ? 1 : 0));
        }
    }

    void Describe(Partition partition)
    {
        Direction = design.ToRisk(partition.Direction, outputs);
        inner = partition;
        Directions = [.. partition.Directions.Select((v, b) => new Recession(design.ToRisk(v, outputs), IsOneSided(partition, b)))];
        SortedSet<int> separated = [];
        SortedDictionary<(int, int), (int, int)> pairs = [];
        for (int r = 0; r < rows.Count; r++)
        {
            (int e, int plus, int minus) = rows[r];
            if (partition.Separated[r]) separated.Add(design.Examples[e]);
            var key = (plus + 1, minus + 1);
            var (some, all) = pairs.GetValueOrDefault(key);
            pairs[key] = (some + (partition.Separated[r] ? 1 : 0), all + 1);
        }
        SeparatedRows = [.. separated];
        if (!counts) Pairs = [.. pairs.Select(p => (p.Key.Item1, p.Key.Item2, p.Value.Item1, p.Value.Item2))];
    }

    /// <summary>
    /// A point where F is close to its infimum: the limit, moved along the direction until every separated inequality has a margin that
    /// its loss cannot be seen beside 1.
    /// </summary>
    /// <param name="margin">The margin: 40 makes a loss of 4·10⁻¹⁸.</param>
    public double[] PointNearInfimum(double margin = 40)
    {
        if (inner is null || Limit.Length == 0) return [];
        double[] speed = new double[rows.Count], at = new double[rows.Count], start = design.FromRisk(Limit, outputs);
        rows.Product(inner.Direction, speed);
        Margins(start, at);
        double t = 0;
        for (int r = 0; r < speed.Length; r++)
            if (inner.Separated[r]) t = Math.Max(t, (margin - at[r]) / speed[r]);
        Vectors.AddScaled(t, inner.Direction, start.AsSpan());
        return design.ToRisk(start, outputs);
    }

    // A row that moves along this direction alone forbids its opposite.
    bool IsOneSided(Partition partition, int b)
    {
        if (partition.Directions.Count == 1) return true;
        speeds ??= [.. partition.Directions.Select(v =>
        {
            double[] s = new double[rows.Count], size = new double[rows.Count];
            rows.Product(v, s);
            rows.Sizes(v, size);
            for (int r = 0; r < s.Length; r++)
                if (Math.Abs(s[r]) <= 1e-10 * size[r]) s[r] = 0;
            return s;
        })];
        for (int r = 0; r < rows.Count; r++)
        {
            if (speeds[b][r] == 0) continue;
            bool alone = true;
            for (int c = 0; c < speeds.Length && alone; c++) alone = c == b || speeds[c][r] == 0;
            if (alone) return true;
        }
        return false;
    }

    void SolveLimit(Partition partition, double[] start)
    {
        bool[] alive = new bool[design.Count * (outputs + 1)];
        for (int i = 0; i < design.Count && !counts; i++) alive[(i * (outputs + 1)) + Place((int)own[i])] = true;
        for (int r = 0; r < rows.Count; r++)
        {
            if (partition.Separated[r]) continue;
            (int e, _, int minus) = rows[r];
            alive[(e * (outputs + 1)) + (counts ? 0 : Place(minus))] = true;
        }
        LimitProblem problem = new(design, outputs, counts, own, omega, offset, alive, partition.Independent);
        if (!problem.Solve(start)) return;
        Infimum = problem.Value;
        LowerBound = problem.LowerBound;
        Limit = design.ToRisk(problem.Point, outputs);
        LimitRows = problem.Examples;
        LimitRank = partition.Independent.Length;
        Covariance = ToRisk(problem.Covariance(totalWeight));
    }

    int Place(int c) => c < 0 ? outputs : c;

    // C ↦ T C Tᵀ, T the linear map of ToRisk.
    double[] ToRisk(double[] covariance)
    {
        int p = rows.Dimension;
        double[] half = new double[p * p], all = new double[p * p], column = new double[p];
        for (int i = 0; i < p; i++) design.ToRisk(covariance.AsSpan(i * p, p), outputs).CopyTo(half, i * p);
        for (int j = 0; j < p; j++)
        {
            for (int i = 0; i < p; i++) column[i] = half[(i * p) + j];
            double[] mapped = design.ToRisk(column, outputs);
            for (int i = 0; i < p; i++) all[(i * p) + j] = mapped[i];
        }
        return all;
    }
}
