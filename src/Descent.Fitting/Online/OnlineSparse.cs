using Descent.Data;
using Descent.Fitting.Design;

namespace Descent.Fitting.Online;

/// <summary>Rows of LIBSVM or Vowpal Wabbit text.</summary>
sealed class OnlineSparse : OnlineStream
{
    readonly SparseStream rows;

    public OnlineSparse(FitSpec spec, DataSource source, DataFormat format)
        : base(source)
    {
        bool hashed = format == DataFormat.Vw;
        DataLoader.RequireNoColumns(spec.Data, hashed ? "Vowpal Wabbit" : "LIBSVM");
        int columns = 1 << spec.Data.HashBits;
        rows = hashed
            ? SparseStream.Vw(source, new VwOptions { HashBits = spec.Data.HashBits, SkipBadRows = spec.Data.SkipBadRows })
            : SparseStream.Libsvm(source, new LibsvmOptions
            {
                SkipBadRows = spec.Data.SkipBadRows,
                ZeroBased = spec.Data.ZeroBased,
                Limit = columns - 1,
            });
        Notes.Add(hashed ? $"{source.Name}: read as Vowpal Wabbit text"
            : $"{source.Name}: read as LIBSVM: columns numbered from {(spec.Data.ZeroBased ? 0 : 1)}, below 2^{spec.Data.HashBits} "
                + "(`HashBits`)");
        ReadingContract reading = new()
        {
            Format = hashed ? "vw" : "libsvm",
            HashBits = hashed ? spec.Data.HashBits : null,
            ZeroBased = hashed ? null : spec.Data.ZeroBased,
            Encoding = source.Encoding,
        };
        Run = new OnlineRun(spec, new OnlineColumns { Numbered = columns, Reading = reading },
            new OnlineLabels(spec.Model.Family!, spec.Data.Level, "label", source.Name), source.Name);
    }

    public override OnlineRun Run { get; }

    public override (int Count, string? First) Skipped => (rows.Skipped, rows.FirstSkip);

    public override bool Next(Func<OnlineRow, bool> learnt)
    {
        if (rows.Next() is not { } come) return false;
        (int[] indices, double[] values) = Run.Room;
        for (int i = 0; i < come.Labels.Length; i++)
        {
            come.Rows.IndicesOf(i).CopyTo(indices);
            come.Rows.ValuesOf(i).CopyTo(values);
            double label = Run.Labels.Of(come.Labels[i], Run.Loss.Rows + 1);
            if (!learnt(Run.Learn(come.Rows.EntriesOf(i), label, come.Weights?[i] ?? 1, 0))) return false;
        }
        return true;
    }

    public override void Dispose()
    {
        base.Dispose();
        rows.Dispose();
    }
}
