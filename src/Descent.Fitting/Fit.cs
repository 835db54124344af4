using Descent.Fitting.Design;
using Descent.Fitting.Export;
using Descent.Fitting.Words;
using Descent.Fitting.Families;
using Descent.Fitting.Fits;
using Descent.Fitting.ModelFiles;
using Descent.Fitting.Planning;
using Descent.Models.Inference;
using Descent.Runs;

namespace Descent.Fitting;

/// <summary>
/// A fitted model with all that is known of it: coefficients with standard errors where they mean something, measures, outcome, and the
/// certificate that bounds its distance from the optimum.
/// </summary>
/// <remarks>
/// The same data, options and seed give the same bits, whatever the processor and the number of threads, unless Hogwild! is asked for.
/// Memory: the data, a scaled copy,
/// and the margins of the training rows.
/// </remarks>
public sealed partial class Fit
{
    readonly Fitted result;
    readonly string plan;
    readonly Lazy<SavedModel> model;

    Fit(Fitted result, string plan)
    {
        (this.result, this.plan) = (result, plan);
        model = new(() => new SavedModel(result.Files("model").Model, result.Data.Family, (result as NetworkFit)?.Run.Point, result.Files));
    }

    /// <summary>The convex fit; of a path that of the λ chosen. Null for a network.</summary>
    RiskFit? Risk => result.Risk;

    /// <summary>The path of penalties that the fit was chosen from; null where there was one penalty.</summary>
    internal PathFit? Walked => result as PathFit;

    /// <summary>The family.</summary>
    public ModelFamily Family => result.Data.Family;

    /// <summary>
    /// The coefficient table, intercept first, empty for a network; standard errors are NaN where they mean nothing
    /// (<see cref="NoInference"/> says why).
    /// </summary>
    public IReadOnlyList<Coefficient> Coefficients => Risk?.Coefficients ?? [];

    /// <summary>Why there are no standard errors; null when there are.</summary>
    public string? NoInference => Risk is { } risk ? risk.NoInference : "a network has no standard errors.";

    /// <summary>The rows that hold the fit most, by Cook's distance, as many as <see cref="ModelSpec.MostInfluential"/> asks for; empty
    /// where it asks for none, or a fit has no leverages (the printed table says why).</summary>
    public IReadOnlyList<InfluentialRow> Influence => Risk?.Influence?.Top ?? [];

    /// <summary>Which covariance the standard errors are of, in words; null for that of the model, and where there are none.</summary>
    public string? Covariance => (result as RiskFit)?.Covariance;

    /// <summary>How far F is from its infimum: a proved bound, or the reason why there is none.</summary>
    public Certificate Certificate => result.Certificate;

    /// <summary>How the run ended, in a kind and a sentence.</summary>
    public Outcome Outcome => result.Outcome;

    /// <summary>The course of the run.</summary>
    public IReadOnlyList<TracePoint> Trace => result.Trace;

    /// <summary>The method that ran, by its catalogue name.</summary>
    public string Method => result.Method;

    /// <summary>Measures on the training rows.</summary>
    public FitQuality Quality => result.Quality;

    /// <summary>Measures on the rows held out; null when none were.</summary>
    public FitQuality? HeldOut => result.Validation;

    /// <summary>Names of the classes, in the order of their numbers; empty for numbers.</summary>
    public IReadOnlyList<string> Classes => result.Data.Classes ?? [];

    /// <summary>What was assumed, left out or not used when the data was read.</summary>
    public IReadOnlyList<string> Notes => result.Data.Notes;

    /// <summary>What is left when the data is gone: predictions and their file.</summary>
    public SavedModel Model => model.Value;

    /// <summary>Reads the data, plans, fits and certifies what a specification asks; all of its faults are said at once.</summary>
    /// <param name="spec">Data, family, options.</param>
    /// <param name="progress">Told at every trace point; null for nobody.</param>
    /// <param name="cancel">Ends the run within a step; what was reached is a usable fit.</param>
    /// <exception cref="FitException">The specification cannot be done; all faults at once.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Of(FitSpec spec, IProgress<TracePoint>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Checked();
        return Run(spec, DataLoader.Load(spec), progress, cancel);
    }

    /// <summary>The same on another thread.</summary>
    public static Task<Fit> OfAsync(FitSpec spec, IProgress<TracePoint>? progress = null, CancellationToken cancel = default) =>
        Task.Run(() => Of(spec, progress, cancel), CancellationToken.None);

    /// <summary>The prediction for one row of features: see <see cref="SavedModel.Predict(ReadOnlySpan{double})"/>.</summary>
    public double Predict(ReadOnlySpan<double> row) => Model.Predict(row);

    /// <summary>Predictions for the rows of a matrix.</summary>
    public double[] Predict(double[,] x) => Model.Predict(x);

    /// <summary>The probability of every class for one row of features.</summary>
    public double[] PredictProbabilities(ReadOnlySpan<double> row) => Model.PredictProbabilities(row);

    /// <summary>The name of the most likely class for one row of features.</summary>
    public string PredictClass(ReadOnlySpan<double> row) => Model.PredictClass(row);

    /// <summary>Predictions for the rows of a file, read as the training data was.</summary>
    public double[] PredictFile(string path) => Model.PredictFile(path);

    /// <summary>The prediction for one row of features and its interval: see <see cref="SavedModel.PredictInterval"/>.</summary>
    public PredictionInterval PredictInterval(ReadOnlySpan<double> row, IntervalSpec? interval = null, double offset = 0) =>
        Model.PredictInterval(row, interval, offset);

    /// <summary>Writes the model file that <c>descent predict</c> and <see cref="SavedModel.Load"/> read.</summary>
    public void Save(string path) => Model.Save(path);

    /// <summary>The report as one page of HTML.</summary>
    public string ToHtml() => FitReport.Build(result);

    /// <summary>Everything as JSON, as <c>fit `ToJson`</c> prints it.</summary>
    public string ToJson() => FitJson.Write(result, 0);

    /// <summary>The table, the certificate and the outcome that the command prints.</summary>
    public override string ToString() => plan + FitPrinter.Summary(result);

    static Fit Run(FitSpec spec, LoadedData data, IProgress<TracePoint>? progress, CancellationToken cancel)
    {
        Fitter fitter = Fitter.Of(spec, data);
        fitter.Stop = cancel;
        string head = FitPrinter.Head(fitter);
        return new Fit(fitter.Run(cancel, progress is null ? null : progress.Report), head);
    }
}
