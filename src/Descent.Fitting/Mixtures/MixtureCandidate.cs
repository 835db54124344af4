using Descent.Mixtures.Search;
using Descent.Runs;

namespace Descent.Fitting;

/// <summary>What one number of components came to.</summary>
public sealed class MixtureCandidate
{
    internal MixtureCandidate(MixtureFit fit) => Fit = fit;

    /// <summary>k.</summary>
    public int Components => Fit.Model.Components;

    /// <summary>ℓ = Σ log p(row) at the best start that is not degenerate; NaN where every start is.</summary>
    public double LogLikelihood => Fit.LogLikelihood;

    /// <summary>Parameters that vary freely.</summary>
    public int Parameters => Fit.Model.FreeParameters;

    /// <summary>2p − 2ℓ.</summary>
    public double Aic => Fit.Aic;

    /// <summary>p log n − 2ℓ.</summary>
    public double Bic => Fit.Bic;

    /// <summary>BIC + twice the entropy of the allocation.</summary>
    public double Icl => Fit.Icl;

    /// <summary>Starts that ended within 1e-6·(1 + |ℓ|) of the best.</summary>
    public int Agreeing => Fit.Agreeing;

    /// <summary>Starts whose end is no estimate: a spike, an empty component.</summary>
    public int Degenerate => Fit.Starts.Count(s => s.Degeneracy is not null);

    /// <summary>Every start.</summary>
    public IReadOnlyList<MixtureStart> Starts => Fit.Starts;

    /// <summary>Passes over the rows, of all starts.</summary>
    public long Passes => Fit.Starts.Sum(s => s.Passes);

    /// <summary>How the best start ended.</summary>
    public Outcome Outcome => Fit.Outcome;

    internal MixtureFit Fit { get; }

    /// <summary>A criterion; NaN where there is no estimate.</summary>
    public double Of(MixtureCriterion criterion) => criterion switch
    {
        MixtureCriterion.Bic => Bic,
        MixtureCriterion.Icl => Icl,
        _ => Aic,
    };
}
