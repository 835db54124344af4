using Descent.Mixtures.Laws;

namespace Descent.Mixtures.Normals;

/// <summary>
/// z | x in a factor model: mean <c>M⁻¹ΛᵀΨ⁻¹(x − μ)</c>, covariance M⁻¹, <c>M = I + ΛᵀΨ⁻¹Λ</c>, in the model's own units.
/// </summary>
sealed class FactorPosterior
{
    readonly int d, q;
    readonly double[] own, system, inverse, right;
    readonly double constant;

    public FactorPosterior(FactorModel model, ReadOnlySpan<double> theta)
        : this(model.Scaled(theta), model.Dimension, model.FactorCount, model.LogScale)
    {
    }

    /// <summary>At μ, Λ, Ψ in the units of the rows, whose density is larger by the scale's logarithm.</summary>
    public FactorPosterior(double[] own, int d, int q, double logScale)
    {
        (this.d, this.q, this.own) = (d, q, own);
        (system, inverse, right) = (new double[NormalEquations.Length(q)], new double[q * q], new double[q]);
        double[] m = new double[system.Length];
        for (int j = 0; j < q; j++) m[NormalEquations.Length(j + 1) - 1] = 1;
        double log = d * Math.Log(2 * Math.PI);
        for (int c = 0; c < d; c++)
        {
            NormalEquations.Add(own.AsSpan(d + (c * q), q), 1 / Unique(c), m);
            log += Math.Log(Unique(c));
        }
        IsProper = true;
        for (int j = 0; j < q; j++)
        {
            Span<double> unit = inverse.AsSpan(j * q, q);
            unit[j] = 1;
            m.CopyTo(system, 0);
            IsProper &= !double.IsNaN(NormalEquations.Solve(system, unit));
        }
        // The factor of the last solve: log det M.
        for (int j = 0; j < q; j++) log += 2 * Math.Log(system[NormalEquations.Length(j + 1) - 1]);
        constant = -0.5 * log - logScale;
    }

    public bool IsProper { get; }

    /// <summary>Writes E[z | x] and returns log p(x).</summary>
    public double Of(ReadOnlySpan<double> x, Span<double> mean)
    {
        double square = 0;
        right.AsSpan().Clear();
        for (int c = 0; c < d; c++)
        {
            double e = x[c] - own[c], scaled = e / Unique(c);
            square += e * scaled;
            for (int j = 0; j < q; j++) right[j] += scaled * own[d + (c * q) + j];
        }
        for (int j = 0; j < q; j++)
        {
            double s = 0;
            for (int k = 0; k < q; k++) s += inverse[(j * q) + k] * right[k];
            mean[j] = s;
            square -= s * right[j];
        }
        return constant - (0.5 * square);
    }

    /// <summary>Adds weight · Cov(u | x), u = (1, z), to a packed matrix.</summary>
    public void AddCovariance(double weight, Span<double> packed)
    {
        for (int j = 0; j < q; j++)
        {
            Span<double> row = packed.Slice(NormalEquations.Length(j + 1), j + 2);
            for (int k = 0; k <= j; k++) row[1 + k] += weight * inverse[(j * q) + k];
        }
    }

    double Unique(int column) => own[(d * (1 + q)) + column];
}
