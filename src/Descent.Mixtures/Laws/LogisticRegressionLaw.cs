using System.Buffers;
using MathNet.Numerics;

namespace Descent.Mixtures.Laws;

/// <summary>
/// A logistic regression in each component: <c>y | x ~ Binomial(m, 1/(1 + e^{−η})), η = β₀ + βᵀx</c>. A block is β (the intercept first);
/// coordinates are the standardised coefficients. No sum over rows is sufficient, so statistics are the weights r of all rows.
/// </summary>
/// <remarks>
/// M-step: Newton's method with halving from β = 0 on the concave <c>Σ_i r_i(y_iη_i − m_i log(1 + e^{η_i}))</c>, about eight passes of
/// n·p². With one trial a row (m = 1) a mixture is barely told from one regression; several trials a row tell it. Source: Follmann and
/// Lambert (1989); Grün and Leisch (2008) for identifiability.
/// </remarks>
public sealed class LogisticRegressionLaw : IComponentLaw
{
    const int MostSteps = 60;

    // Coefficients of one standard deviation beyond which fitted shares are 0 or 1 to working precision.
    const double Far = 30;
    readonly Design design;
    readonly double[] successes, trials, constants;
    readonly int width;

    /// <summary>Takes a copy of rows, successes and trials.</summary>
    /// <param name="rows">n × d, row-major, finite; no column constant.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="successes">n whole numbers, 0 ≤ y ≤ m.</param>
    /// <param name="trials">n whole numbers m ≥ 1; none for ones.</param>
    /// <param name="intercept">Whether each component has an intercept.</param>
    /// <exception cref="ArgumentException">
    /// Lengths that do not fit, numbers outside their ranges, a constant column, shares that are all 0 or all 1.
    /// </exception>
    public LogisticRegressionLaw(ReadOnlySpan<double> rows, int dimension, ReadOnlySpan<double> successes,
        ReadOnlySpan<double> trials = default, bool intercept = true)
    {
        design = new Design(rows, dimension, intercept);
        (Count, width) = (design.Count, design.Width);
        if (successes.Length != Count || (!trials.IsEmpty && trials.Length != Count))
            throw new ArgumentException($"{Count} rows need {Count} successes and trials; got {successes.Length} and {trials.Length}.");
        (this.successes, this.trials, constants) = (successes.ToArray(), new double[Count], new double[Count]);
        if (trials.IsEmpty) Array.Fill(this.trials, 1);
        else trials.CopyTo(this.trials);
        bool low = true, high = true;
        for (int i = 0; i < Count; i++)
        {
            Check(this.successes[i], this.trials[i], i);
            constants[i] = SpecialFunctions.BinomialLn((int)this.trials[i], (int)this.successes[i]);
            low &= successes[i] == 0;
            high &= successes[i] == this.trials[i];
        }
        if (low || high) throw new ArgumentException($"All {Count} rows have a share of {(low ? 0 : 1)}; there is nothing to regress.");
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Parameters => width;

    /// <inheritdoc/>
    public int Statistics => Count;

    /// <inheritdoc/>
    public int Factors => width;

    /// <inheritdoc/>
    public int StartRows => width + 1;

    /// <inheritdoc/>
    public bool StatisticsPerRow => true;

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> block)
    {
        foreach (double b in block)
        {
            if (!double.IsFinite(b)) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public void Prepare(ReadOnlySpan<double> block, Span<double> factors) => design.ToStandard(block, factors);

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> factors, int row) => constants[row] + Term(design.Predict(factors, row), row);

    /// <inheritdoc/>
    public void Add(int row, double weight, Span<double> statistics) => statistics[row] += weight;

    /// <inheritdoc/>
    public double Weight(ReadOnlySpan<double> statistics)
    {
        double sum = 0;
        foreach (double r in statistics) sum += r;
        return sum;
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> block)
    {
        int length = NormalEquations.Length(width);
        double[] rented = ArrayPool<double>.Shared.Rent(length + (3 * width));
        Span<double> hessian = rented.AsSpan(0, length), step = rented.AsSpan(length, width), b = rented.AsSpan(length + width, width);
        Span<double> trial = rented.AsSpan(length + (2 * width), width);
        b.Clear();
        bool good = Newton(statistics, hessian, step, b, trial);
        if (good) design.ToGiven(b, block);
        ArrayPool<double>.Shared.Return(rented);
        return good;
    }

    /// <inheritdoc/>
    public string Collapse => "The rows of a component are separated, so that its coefficients run to infinity, or too few to tell them. "
        + "Take fewer components or fewer columns.";

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> block, double rows)
    {
        double most = 0;
        double[] standard = new double[width];
        design.ToStandard(block, standard);
        foreach (double b in standard) most = Math.Max(most, Math.Abs(b));
        return most < Far ? null : FormattableString.Invariant(
            $"A component of {rows:0.#} rows has a coefficient of {most:g3} a standard deviation: its rows are separated, ")
            + "and the estimate is infinite. Take fewer components or fewer columns.";
    }

    /// <inheritdoc/>
    public double Unit(int parameter) => design.Unit(parameter);

    /// <inheritdoc/>
    public void ToCoordinates(ReadOnlySpan<double> block, Span<double> coordinates) => design.ToStandard(block, coordinates);

    /// <inheritdoc/>
    public void FromCoordinates(ReadOnlySpan<double> coordinates, Span<double> block) => design.ToGiven(coordinates, block);

    /// <inheritdoc/>
    public void AddScore(ReadOnlySpan<double> factors, int row, double weight, Span<double> score)
    {
        ReadOnlySpan<double> z = design.Row(row);
        double pull = weight * (successes[row] - (trials[row] / (1 + Math.Exp(-design.Predict(factors, row)))));
        for (int c = 0; c < width; c++) score[c] += pull * z[c];
    }

    // The last step is taken when half its decrement is below rounding of the objective: quadratic convergence leaves nothing after it.
    bool Newton(ReadOnlySpan<double> weights, Span<double> hessian, Span<double> step, Span<double> b, Span<double> trial)
    {
        double value = Objective(weights, b);
        for (int k = 0; k < MostSteps; k++)
        {
            Derivatives(weights, b, hessian, step);
            double decrement = NormalEquations.Solve(hessian, step);
            if (double.IsNaN(decrement)) return false;
            double size = 2;
            double next;
            do
            {
                size /= 2;
                for (int c = 0; c < b.Length; c++) trial[c] = b[c] + (size * step[c]);
                next = Objective(weights, trial);
            }
            while (!(next >= value - (1e-13 * (1 + Math.Abs(value)))) && size > 1e-10);
            trial.CopyTo(b);
            value = next;
            if (decrement < 1e-12 * (1 + Math.Abs(value))) return true;
        }
        return false;
    }

    void Derivatives(ReadOnlySpan<double> weights, ReadOnlySpan<double> b, Span<double> hessian, Span<double> gradient)
    {
        hessian.Clear();
        gradient.Clear();
        for (int i = 0; i < Count; i++)
        {
            if (weights[i] == 0) continue;
            ReadOnlySpan<double> z = design.Row(i);
            double p = 1 / (1 + Math.Exp(-design.Predict(b, i))), pull = weights[i] * (successes[i] - (trials[i] * p));
            for (int c = 0; c < z.Length; c++) gradient[c] += pull * z[c];
            NormalEquations.Add(z, weights[i] * trials[i] * p * (1 - p), hessian);
        }
    }

    double Objective(ReadOnlySpan<double> weights, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            if (weights[i] != 0) sum += weights[i] * Term(design.Predict(b, i), i);
        }
        return sum;
    }

    // yη − m log(1 + e^η), without overflow.
    double Term(double eta, int row) =>
        (successes[row] * eta) - (trials[row] * (Math.Max(eta, 0) + ElementaryFunctions.LogOnePlus(Math.Exp(-Math.Abs(eta)))));

    static void Check(double y, double m, int row)
    {
        if (!(m >= 1) || m != Math.Floor(m) || m > int.MaxValue)
            throw new ArgumentException(FormattableString.Invariant($"Row {row + 1} has {m} trials; trials are whole numbers ≥ 1."));
        if (!(y >= 0) || !(y <= m) || y != Math.Floor(y))
            throw new ArgumentException(FormattableString.Invariant(
                $"Row {row + 1} has {y} successes in {m} trials; successes are whole numbers from 0 to the trials."));
    }
}
