using Descent.Data;
using Descent.Fitting.Design;

namespace Descent.Fitting.ModelFiles;

/// <summary>New rows under a saved model as they come, in their order and in constant memory.</summary>
abstract class ModelStream : IDisposable
{
    readonly Dictionary<string, FilledValues> filled = new(StringComparer.Ordinal);
    readonly HashSet<string> said = new(StringComparer.Ordinal);
    int strangers;
    string? firstStranger;
    long dropped;

    private protected ModelStream(string source) => Source = source;

    /// <summary>Rows that were predicted.</summary>
    public long Count { get; private set; }

    private protected string Source { get; }

    private protected abstract (int Count, string? First) Skipped { get; }

    /// <summary>Waits for the beginning of an input and opens it; null where the waiting is called off before.</summary>
    /// <exception cref="DataException">It cannot be read, or is of another kind than the training data.</exception>
    public static ModelStream? Open(ModelFile model, float[]? network, DataSpec spec, CancellationToken cancel)
    {
        ReadingContract? reading = model.Data.Reading;
        DataSource? source = DataSource.OpenLive(spec.Files[0], spec.Encoding ?? (reading?.Encoding == "latin1" ? "latin1" : null), cancel,
            () => { });
        if (source is null) return null;
        try
        {
            DataFormat format = ModelRows.FormatOf(model, spec, DataInput.Of(source));
            return format switch
            {
                DataFormat.Idx or DataFormat.Npy =>
                    throw new DataException($"{source.Name}: arrays do not come row by row; name their file."),
                DataFormat.Libsvm or DataFormat.Vw => new Sparse(model, network, spec, source, format),
                _ => new OfTable(model, network, spec, source),
            };
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The rows that have come since, none perhaps where all were left out; null at the end.</summary>
    public ModelRows? Next()
    {
        if (Take() is not { } rows) return null;
        Count += rows.Count;
        strangers += rows.Strangers;
        firstStranger ??= rows.FirstStranger;
        dropped += rows.Dropped;
        foreach (FilledValues f in rows.Filled) filled[f.Column] = f with { Count = filled.GetValueOrDefault(f.Column).Count + f.Count };
        return rows;
    }

    /// <summary>What was assumed, left out or not used, once all is read.</summary>
    public IEnumerable<string> Notes() =>
    [
        .. said, .. ReadingNotes.Skipped(Source, Skipped.Count, Skipped.First), .. ReadingNotes.Skipped(Source, strangers, firstStranger),
        .. filled.Values.Select(f => f.Note(Source)), .. ModelRows.DropNote(Source, dropped),
    ];

    public abstract void Dispose();

    private protected abstract ModelRows? Take();

    sealed class Sparse(ModelFile model, float[]? network, DataSpec spec, DataSource source, DataFormat format) : ModelStream(source.Name)
    {
        readonly SparseStream rows = format == DataFormat.Vw
            ? SparseStream.Vw(source, new VwOptions
            {
                HashBits = model.Data.Reading?.HashBits ?? throw new DataException($"{source.Name}: is Vowpal Wabbit text, and the model "
                    + "was not fitted on names that are hashed."),
                SkipBadRows = spec.SkipBadRows,
                NeedLabels = false,
            })
            : SparseStream.Libsvm(source, new LibsvmOptions
            {
                SkipBadRows = spec.SkipBadRows,
                Limit = int.MaxValue,
                ZeroBased = spec.ZeroBased ? true : model.Data.Reading?.ZeroBased,
                NeedLabels = false,
            });

        private protected override (int Count, string? First) Skipped => (rows.Skipped, rows.FirstSkip);

        private protected override ModelRows? Take() =>
            rows.Next() is { } come ? ModelRows.OfSparse(model, come, false, Source, network) : null;

        public override void Dispose() => rows.Dispose();
    }

    sealed class OfTable : ModelStream
    {
        readonly ModelFile model;
        readonly float[]? network;
        readonly DataSpec spec;
        readonly ContractTable contract;
        readonly ITableStream rows;
        bool looked;

        public OfTable(ModelFile model, float[]? network, DataSpec spec, DataSource source)
            : base(source.Name)
        {
            (this.model, this.network, this.spec) = (model, network, spec);
            contract = TableModelRows.ContractOf(model, false);
            rows = TableReader.Stream(source, contract.StreamOptions(spec), contract.Needed);
        }

        private protected override (int Count, string? First) Skipped => (rows.Skipped, rows.FirstSkip);

        private protected override ModelRows? Take()
        {
            if (rows.Next() is not { } come) return null;
            if (!looked) contract.Require(come);
            looked = true;
            List<string> notes = [];
            ModelRows made = TableModelRows.Of(model, spec, contract, come, false, network, notes);
            said.UnionWith(notes.Except(made.Filled.Select(f => f.Note(come.Source))));
            return made;
        }

        public override void Dispose() => rows.Dispose();
    }
}
