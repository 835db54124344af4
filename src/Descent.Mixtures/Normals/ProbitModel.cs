using Descent.Latent;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;

namespace Descent.Mixtures.Normals;

/// <summary>
/// Probit regression by a latent normal: <c>y = 1</c> exactly where <c>t = β₀ + βᵀx + ε &gt; 0</c>, ε ~ N(0, 1). θ is β (the intercept
/// first); statistics are Σw, ΣwzE[t | y] in standardised columns z.
/// </summary>
/// <remarks>
/// E-step: <c>E[t | y] = η + φ(η)/Φ(η)</c> for y = 1 and <c>η − φ(η)/Φ(−η)</c> for y = 0; M-step: least squares on E[t], one solve with a
/// factor of Σwzzᵀ that never changes. The log-likelihood is concave, so what EM reaches is the maximum. Source: Albert and Chib (1993) for
/// the augmentation; Dempster, Laird and Rubin (1977).
/// </remarks>
public sealed class ProbitModel : ILatentModel
{
    readonly Design design;
    readonly double[] signs, weights, gram;
    readonly Cholesky factor;
    readonly int width;

    /// <summary>Takes a copy of rows and responses.</summary>
    /// <param name="rows">n × d, row-major, finite; no column constant.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="responses">n numbers, 0 or 1, both present.</param>
    /// <param name="intercept">Whether there is an intercept.</param>
    /// <param name="weights">A weight ≥ 0 for each row; none for ones.</param>
    /// <exception cref="ArgumentException">
    /// Lengths that do not fit, a number that is not finite, a response that is neither 0 nor 1, one class only, dependent columns.
    /// </exception>
    public ProbitModel(
        ReadOnlySpan<double> rows, int dimension, ReadOnlySpan<double> responses, bool intercept = true,
        ReadOnlySpan<double> weights = default)
    {
        design = new Design(rows, dimension, intercept);
        width = design.Width;
        if (responses.Length != Count) throw new ArgumentException($"{Count} rows need {Count} responses; got {responses.Length}.");
        this.weights = Rows.Weights(weights, Count);
        signs = new double[Count];
        double ones = 0;
        for (int i = 0; i < Count; i++)
        {
            if (responses[i] is not (0 or 1))
                throw new ArgumentException(FormattableString.Invariant($"Response {i + 1} is {responses[i]}; responses are 0 and 1."));
            ones += responses[i];
            signs[i] = (2 * responses[i]) - 1;
        }
        if (ones == 0 || ones == Count)
            throw new ArgumentException($"All {Count} responses are {(ones == 0 ? 0 : 1)}; there is nothing to regress.");
        gram = new double[width * width];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> z = design.Row(i);
            for (int a = 0; a < width; a++)
                for (int b = 0; b < width; b++) gram[(a * width) + b] += this.weights[i] * z[a] * z[b];
        }
        factor = new Cholesky(width);
        if (!factor.Factor(gram) || factor.SmallestPivot < 1e-13)
            throw new ArgumentException(
                $"Coefficient {factor.WeakestColumn + 1} cannot be told from those before it: "
                + "columns are linearly dependent; leave one out.");
    }

    /// <summary>Σwzzᵀ, which the M-step solves with.</summary>
    public ReadOnlySpan<double> Frame => gram;

    /// <inheritdoc/>
    public int Count => design.Count;

    /// <inheritdoc/>
    public int Parameters => width;

    /// <inheritdoc/>
    public int Statistics => 1 + width;

    /// <summary>A start: all coefficients 0.</summary>
    public double[] Start() => new double[width];

    /// <inheritdoc/>
    public double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics)
    {
        if (!IsValid(theta)) return double.NaN;
        double[] b = new double[width];
        design.ToStandard(theta, b);
        double log = 0;
        for (int i = first; i < first + count; i++)
        {
            double eta = design.Predict(b, i), margin = signs[i] * eta;
            log += weights[i] * NormalTail.LogCdf(margin);
            double latent = weights[i] * (eta + (signs[i] * NormalTail.InverseMills(margin)));
            ReadOnlySpan<double> z = design.Row(i);
            statistics[0] += weights[i];
            for (int c = 0; c < width; c++) statistics[1 + c] += latent * z[c];
        }
        return log;
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        Span<double> b = width <= 64 ? stackalloc double[width] : new double[width];
        factor.Solve(statistics[1..], b);
        design.ToGiven(b, theta);
        return true;
    }

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta)
    {
        foreach (double t in theta)
        {
            if (!double.IsFinite(t)) return false;
        }
        return theta.Length == width;
    }

    /// <summary>
    /// Said where every row lies on its own side of the plane: then the two classes are separated and the likelihood has no maximum.
    /// </summary>
    public string? Degeneracy(ReadOnlySpan<double> theta)
    {
        double[] b = new double[width];
        design.ToStandard(theta, b);
        for (int i = 0; i < Count; i++)
        {
            if (weights[i] > 0 && !(signs[i] * design.Predict(b, i) > 0)) return null;
        }
        return "A plane separates the responses: coefficients run to infinity, and the likelihood has no maximum. "
            + "Leave out the column that separates them, or penalise.";
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> theta, int row)
    {
        double[] b = new double[width];
        design.ToStandard(theta, b);
        return IsValid(theta) ? NormalTail.LogCdf(signs[row] * design.Predict(b, row)) : double.NaN;
    }

    /// <summary>In standardised coefficients. Quantities are θ.</summary>
    public LocalCertificate Certify(ReadOnlySpan<double> theta) => Curvature.Certify(new Score(this, theta), t => t);

    /// <summary>The same by supplemented EM.</summary>
    public LocalCertificate Supplement(ReadOnlySpan<double> theta) =>
        Curvature.Supplement(this, new Score(this, theta), t => t);

    // Σwz(E[t | y] − η): Fisher's identity.
    sealed class Score : ILocalScore
    {
        readonly ProbitModel model;
        readonly double[] origin;

        public Score(ProbitModel model, ReadOnlySpan<double> theta)
        {
            (this.model, origin) = (model, new double[model.width]);
            model.design.ToStandard(theta, origin);
        }

        public int Length => model.width;

        public double[] At(ReadOnlySpan<double> at)
        {
            double[] b = [.. origin], theta = new double[b.Length];
            for (int c = 0; c < b.Length; c++) b[c] += at[c];
            model.design.ToGiven(b, theta);
            return theta;
        }

        public bool Surrogate(ReadOnlySpan<double> held, ReadOnlySpan<double> at, Span<double> gradient)
        {
            double[] b = new double[model.width], before = new double[model.width];
            model.design.ToStandard(At(at), b);
            model.design.ToStandard(At(held), before);
            gradient.Clear();
            for (int i = 0; i < model.Count; i++)
            {
                double eta = model.design.Predict(before, i), sign = model.signs[i];
                double pull = model.weights[i] * ((sign * NormalTail.InverseMills(sign * eta)) + (eta - model.design.Predict(b, i)));
                for (int c = 0; c < b.Length; c++) gradient[c] += pull * model.design.Row(i)[c];
            }
            return true;
        }
    }
}
