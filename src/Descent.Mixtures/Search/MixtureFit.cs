using Descent.Runs;

namespace Descent.Mixtures.Search;

/// <summary>The best end of a search that is not degenerate, and every start beside it.</summary>
public sealed class MixtureFit
{
    readonly Lazy<LocalCertificate?> certificate;
    readonly Lazy<double[]> shares;

    internal MixtureFit(IMixture model, double[]? theta, MixtureStart? best, IReadOnlyList<MixtureStart> starts,
        bool supplemented)
    {
        (Model, Theta, Best, Starts) = (model, theta, best, starts);
        certificate = new(() => theta is null ? null : (supplemented ? model.Supplement(theta) : null) ?? model.Certify(theta));
        Entropy = theta is null ? double.NaN : model.Entropy(theta);
        shares = new(() =>
        {
            if (theta is null) return [];
            double[] all = new double[checked(model.RowCount * model.Components)];
            model.Responsibilities(theta, all);
            return all;
        });
    }

    /// <summary>The model and its rows.</summary>
    public IMixture Model { get; }

    /// <summary>θ with the largest share first; null where every start is degenerate.</summary>
    public double[]? Theta { get; }

    /// <summary>The start that led to it.</summary>
    public MixtureStart? Best { get; }

    /// <summary>Every start, in the order of their numbers.</summary>
    public IReadOnlyList<MixtureStart> Starts { get; }

    /// <summary>p(z = j | row), n × k row-major; empty without θ. Computed when first asked for, and then held.</summary>
    public IReadOnlyList<double> Responsibilities => shares.Value;

    /// <summary>
    /// What the derivatives say; null without θ. Computed when first asked for: of several k only the chosen one needs it.
    /// </summary>
    public LocalCertificate? Certificate => certificate.Value;

    /// <summary>ℓ = Σ w log p(row).</summary>
    public double LogLikelihood => Best?.LogLikelihood ?? double.NaN;

    /// <summary>−Σ w Σ_j r log r of the allocation.</summary>
    public double Entropy { get; }

    /// <summary>2p − 2ℓ, lower is better.</summary>
    public double Aic => (2 * Model.FreeParameters) - (2 * LogLikelihood);

    /// <summary>p log n − 2ℓ, lower is better.</summary>
    public double Bic => (Model.FreeParameters * Math.Log(Model.TotalWeight)) - (2 * LogLikelihood);

    /// <summary>BIC + twice the entropy: also asks that components be told apart. Source: Biernacki, Celeux and Govaert (2000).</summary>
    public double Icl => Bic + (2 * Entropy);

    /// <summary>How many starts ended within 1e-6·(1 + |ℓ|) of the best.</summary>
    public int Agreeing =>
        Starts.Count(s => s.Degeneracy is null && s.LogLikelihood >= LogLikelihood - (1e-6 * (1 + Math.Abs(LogLikelihood))));

    /// <summary>How the search ended, with a sentence.</summary>
    public Outcome Outcome => Best?.Outcome
        ?? new Outcome(OutcomeKind.Diverged,
            $"All {Starts.Count} starts are degenerate. "
            + $"{Starts.FirstOrDefault(s => s.Degeneracy is not null)?.Degeneracy ?? "No start could be drawn."}");
}
