using Descent.Data;
using Descent.Fitting.Design;

namespace Descent.Fitting.Online;

/// <summary>Learns from the rows of an input as they come, in the order in which they come, in constant memory.</summary>
abstract class OnlineStream : IDisposable
{
    private protected OnlineStream(DataSource source) => Source = source;

    /// <summary>What learns.</summary>
    public abstract OnlineRun Run { get; }

    /// <summary>What was assumed, in words.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Rows left out, and why the first of them was.</summary>
    public abstract (int Count, string? First) Skipped { get; }

    private protected DataSource Source { get; }

    /// <summary>Waits for the beginning of the input and opens it.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="cancel">Calls off the waiting: the input then ends.</param>
    /// <param name="waiting">Called before waiting, and a few times a second while it lasts.</param>
    /// <returns>Null where the waiting was called off before the first line.</returns>
    /// <exception cref="FitException">Something is asked for that a stream cannot give.</exception>
    /// <exception cref="DataException">The input cannot be read.</exception>
    public static OnlineStream? Open(FitSpec spec, CancellationToken cancel, Action waiting)
    {
        OnlineChecks.Require(spec);
        // Refused before the first row is waited for.
        _ = new OnlineMethod(spec);
        DataSource? source = DataSource.OpenLive(spec.Data.Files[0], spec.Data.Encoding, cancel, waiting);
        if (source is null) return null;
        try
        {
            DataFormat format = spec.Data.Format ?? FormatDetector.Detect(source);
            OnlineStream stream = format switch
            {
                DataFormat.Libsvm or DataFormat.Vw => new OnlineSparse(spec, source, format),
                DataFormat.Idx or DataFormat.Npy => throw new DataException($"{source.Name}: holds arrays, not rows that come one by "
                    + "one. Fit it without `Online`."),
                _ => new OnlineTable(spec, source),
            };
            if (stream.Run.CostNote is { } note) stream.Notes.Add(note);
            return stream;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Learns from the rows that have come since, one after another.</summary>
    /// <param name="learnt">Told of each of them; whether to go on.</param>
    /// <returns>Whether there may be more.</returns>
    public abstract bool Next(Func<OnlineRow, bool> learnt);

    public virtual void Dispose() => Run.Dispose();
}
