using Descent.Fitting.Mixtures;
using Descent.Mixtures.Search;
using Descent.Runs;

namespace Descent.Fitting;

/// <summary>
/// A fitted mixture: the numbers of components that were tried, the chosen one with its parameters, what is known of the maximum, and what
/// predicts. The same data, specification and seed give the same bits for any number of threads.
/// </summary>
/// <remarks>The likelihood of a mixture has several maxima: what is certified is a local one, and how many starts agree is said.</remarks>
public sealed class FittedMixture
{
    readonly Lazy<SavedMixture> model;

    internal FittedMixture(MixtureSpec spec, MixtureData data, IReadOnlyList<MixtureCandidate> candidates, MixtureCandidate? chosen,
        LocalCertificate? certificate, Outcome outcome)
    {
        (Spec, Data, Candidates, Chosen, Certificate, Outcome) = (spec, data, candidates, chosen, certificate, outcome);
        model = new(() => new SavedMixture(MixtureFile.Of(spec, data, Estimated.Components, Estimated.Fit.Theta!, Estimated.LogLikelihood,
            outcome, Certificate)));
    }

    /// <summary>Every number of components, in ascending order.</summary>
    public IReadOnlyList<MixtureCandidate> Candidates { get; }

    /// <summary>The one that the criterion chose; null where no start gave an estimate.</summary>
    public MixtureCandidate? Chosen { get; }

    /// <summary>k of the chosen one.</summary>
    /// <exception cref="FitException">There is no estimate.</exception>
    public int Components => Estimated.Components;

    /// <summary>ℓ of the chosen one.</summary>
    /// <exception cref="FitException">There is no estimate.</exception>
    public double LogLikelihood => Estimated.LogLikelihood;

    /// <summary>
    /// What the derivatives of ℓ say about the maximum, with standard errors; null without an estimate, or after an interruption.
    /// </summary>
    public LocalCertificate? Certificate { get; }

    /// <summary>How the search ended, in a kind and a sentence.</summary>
    public Outcome Outcome { get; }

    /// <summary>What was assumed, left out or not used when the data was read.</summary>
    public IReadOnlyList<string> Notes => Data.Notes;

    /// <summary>p(z = j | row) of every row, n × k row-major; of a chain given the whole sequence; of factors their scores.</summary>
    /// <exception cref="FitException">There is no estimate.</exception>
    public IReadOnlyList<double> Allocation => Estimated.Fit.Responsibilities;

    /// <summary>What is left when the data is gone: parameters, predictions and their file.</summary>
    /// <exception cref="FitException">There is no estimate.</exception>
    public SavedMixture Model => model.Value;

    internal MixtureSpec Spec { get; }

    internal MixtureData Data { get; }

    internal MixtureCandidate Estimated => Chosen ?? throw new FitException($"There is no estimate. {Outcome.Sentence}");

    /// <summary>p(z = j | row) for one row: see <see cref="SavedMixture.Responsibilities"/>.</summary>
    public double[] Responsibilities(ReadOnlySpan<double> row) => Model.Responsibilities(row);

    /// <summary>The most probable component of one row, from 0.</summary>
    public int Component(ReadOnlySpan<double> row) => Model.Component(row);

    /// <summary>Writes the model file that <c>descent predict</c> and <see cref="SavedMixture.Load"/> read.</summary>
    public void Save(string path) => Model.Save(path);

    /// <summary>The report as one page of HTML.</summary>
    public string ToHtml() => MixtureReport.Build(this);

    /// <summary>Everything as JSON, as the command `ToJson` prints it.</summary>
    public string ToJson() => MixtureJson.Write(this, 0, null, null);

    /// <summary>The tables, the certificate and the outcome that the command prints.</summary>
    public override string ToString() => MixtureText.Of(this);
}
