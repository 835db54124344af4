using Descent.Fitting.Mixtures;
using Descent.Mixtures;
using Descent.Mixtures.Search;
using Descent.Oracles;

namespace Descent.Fitting;

/// <summary>Which mixture, and how it is searched for. The defaults are those of the command line.</summary>
public sealed record MixtureSpec
{
    /// <summary>How many components; of several numbers <see cref="Criterion"/> chooses.</summary>
    public ComponentRange Components { get; init; } = 2;

    /// <summary>The law of a component.</summary>
    public MixtureFamily Family { get; init; } = MixtureFamilies.Gaussian;

    /// <summary>What the covariances share, for families that have them.</summary>
    public CovarianceShape Covariance { get; init; }

    /// <summary>What chooses the number of components.</summary>
    public MixtureCriterion Criterion { get; init; }

    /// <summary>Starts, method, tolerance, limit of passes, seed.</summary>
    public MixtureOptions Search { get; init; } = new();

    /// <summary>Threads; 0 chooses. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Who asks, in words by which the fit can be repeated.</summary>
    public Caller Caller { get; init; } = Caller.Program;

    /// <summary>Everything that is wrong with it and can be told without the data.</summary>
    public IEnumerable<string> Faults()
    {
        if (Components.Least < 1 || Components.Most < Components.Least)
            yield return $"`Components` is {Components}; expected a number ≥ 1, or a range from a smaller to a larger one.";
        if (Covariance != CovarianceShape.Full && !Family.HasShapes)
            yield return $"`Covariance` means nothing to a {Family.Name} mixture, whose components share no matrices. Leave it out.";
        if (Family.Refusal(Search.Method) is { } why)
            yield return $"`Method = {MixtureWords.Of(Search.Method)}` means nothing to a {Family.Name} mixture: {why}";
        if (Search.Supplemented && Family.NoSupplement is { } no)
            yield return $"`Supplemented` has no meaning for a {Family.Name} model: {no}. Leave it out: errors are then those of the "
                + "observed information.";
        if (Search.Batch is { } batch && !Search.Samples)
            yield return $"`Batch` means nothing to `Method = {MixtureWords.Of(Search.Method)}`, which takes all rows. Leave it out.";
        if (Search.Order is not null && !Search.Samples)
            yield return $"`Order` means nothing to `Method = {MixtureWords.Of(Search.Method)}`, which takes all rows. Leave it out.";
        if (Search.Order is { } order and not (SampleOrder.Shuffle or SampleOrder.Blocks or SampleOrder.Sequential))
            yield return $"`Order` is {MixtureWords.Of(order)}; a pass visits each row once: expected shuffle, blocks or sequential.";
        if (Search.Batch < 1) yield return $"`Batch` is {Search.Batch}; expected at least 1.";
        if (Search.Restarts < 1) yield return $"`Restarts` is {Search.Restarts}; expected at least 1.";
        if (!(Search.Tolerance > 0) || !double.IsFinite(Search.Tolerance))
            yield return FormattableString.Invariant($"`Tolerance` is {Search.Tolerance}; expected a positive number.");
        if (Search.Limit < 4) yield return $"`MostPasses` is {Search.MostPasses}; expected at least 4, what one step may take.";
        if (Threads < 0) yield return $"`Threads` is {Threads}; expected at least 1.";
    }

    /// <summary>Refuses what cannot be done, all faults at once.</summary>
    /// <exception cref="FitException">There are faults.</exception>
    internal MixtureSpec Checked(IEnumerable<string> more)
    {
        string[] faults = [.. Faults().Concat(more)];
        return faults.Length == 0 ? this : throw new FitException(string.Join(" ", faults));
    }
}
