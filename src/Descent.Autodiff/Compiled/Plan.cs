using System.Runtime.Intrinsics;

namespace Descent.Autodiff.Compiled;

/// <summary>
/// A loss as a list of steps over blocks of rows: columns lie apart, so that rows are the lanes of vectors,
/// and a block's columns stay in the first cache. Forward, then back; nothing is allocated.
/// </summary>
/// <remarks>
/// Sums go by parts of 512 bits and blocks are 512 rows long, whatever the processor's width, so the bits depend neither on the machine nor
/// on anything else. They differ from the tape's by rounding. A small plan that has run for a while is written as code
/// (<see cref="Emitter{T}"/>), with the same bits; where code cannot be generated or the plan is too large, blocks go on step by step.
/// </remarks>
sealed partial class Plan<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Block = 512;
    readonly PlanStep[] steps;
    readonly PlanStep total;
    readonly T[] values, cotangents;
    readonly bool[] touched;
    bool inOrder;
    readonly double[] gradient;
    readonly bool mayGenerate;

    public Plan(PlanStep[] steps, PlanStep total, int columns, int parameters, bool generate)
    {
        this.steps = steps;
        this.total = total;
        values = new T[columns * Block];
        cotangents = new T[columns * Block];
        touched = new bool[steps.Length];
        gradient = new double[parameters];
        mayGenerate = generate && GeneratedCode.IsPossible;
    }

    static int Lanes => Vector512<T>.Count;

    /// <summary>The loss of some rows; its gradient too when asked for.
    /// Whether they follow each other in the data is for the caller to know.</summary>
    public double Run(ReadOnlySpan<T> w, ReadOnlySpan<int> rows, bool differentiate, bool consecutive = false)
    {
        inOrder = consecutive;
        double sum = 0;
        if (differentiate) Array.Clear(gradient);
        for (int from = 0; from < rows.Length; from += Block)
        {
            ReadOnlySpan<int> part = rows[from..Math.Min(rows.Length, from + Block)];
            int padded = (part.Length + Lanes - 1) / Lanes * Lanes;
            if (Code(differentiate) is { } code) Run(code, w, part, padded);
            else
            {
                for (int k = 0; k < steps.Length; k++) Forward(steps[k], w, part, padded);
                if (differentiate) Back(w, part, padded);
            }
            sum += Column(steps[total.A], part.Length);
        }
        return (total.Scale * sum) + total.Shift;
    }

    /// <summary>The gradient of the last run, d numbers.</summary>
    public ReadOnlySpan<double> Gradient => gradient;

    // Eight sums in the order of the rows.
    double Column(PlanStep s, int rows)
    {
        double sum = 0;
        for (int f = 0; f < s.Width; f++) sum += double.CreateTruncating(Vectors.Sum<T>(values.AsSpan((s.Start + f) * Block, rows)));
        return sum;
    }

    Span<T> Values(PlanStep s, int column, int rows) => values.AsSpan((s.Start + (s.Width == 1 ? 0 : column)) * Block, rows);

    Span<T> Cotangents(PlanStep s, int column, int rows) => cotangents.AsSpan((s.Start + (s.Width == 1 ? 0 : column)) * Block, rows);

    // The entry of something that is the same for all rows.
    static T Same(PlanStep s, int column, ReadOnlySpan<T> w) =>
        s.Kind == PlanKind.Constant ? T.CreateTruncating(s.Scale) : w[s.Start + (s.Width == 1 ? 0 : column)];

    void Forward(PlanStep s, ReadOnlySpan<T> w, ReadOnlySpan<int> rows, int n)
    {
        switch (s.Kind)
        {
            case PlanKind.Input:
                Load(s, (T[])s.Source!, rows, n);
                break;
            case PlanKind.Linear:
                Linear(s, w, n);
                break;
            case PlanKind.Unary:
                for (int f = 0; f < s.Width; f++) loops.Apply((LaneFunction<T>)s.Function!, Values(steps[s.A], f, n), Values(s, f, n));
                break;
            case PlanKind.Binary:
                for (int f = 0; f < s.Width; f++) Combine(s, w, f, n);
                break;
            case PlanKind.SumLast:
                Span<T> to = Values(s, 0, n);
                to.Clear();
                for (int f = 0; f < steps[s.A].Width; f++) Vectors.AddScaled(T.One, Values(steps[s.A], f, n), to);
                break;
            case PlanKind.LogSumExp:
                LogSumExp(s, n);
                break;
            case PlanKind.Pick:
                int[] labels = (int[])s.Source!;
                Span<T> picked = Values(s, 0, n);
                for (int k = 0; k < n; k++)
                    picked[k] = values[((steps[s.A].Start + labels[rows[Math.Min(k, rows.Length - 1)]]) * Block) + k];
                break;
            default:
                break;
        }
    }

    // Past the last row its columns are repeated: as finite as the data, and never counted.
    void Load(PlanStep s, T[] data, ReadOnlySpan<int> rows, int n)
    {
        if (s.Width == 1 && inOrder)
        {
            Span<T> column = Values(s, 0, n);
            data.AsSpan(rows[0], rows.Length).CopyTo(column);
            column[rows.Length..].Fill(column[rows.Length - 1]);
            return;
        }
        if (inOrder && s.Width <= 4)
        {
            Split(s, data.AsSpan(rows[0] * s.Width, rows.Length * s.Width), n);
            return;
        }
        for (int k = 0; k < n; k++)
        {
            int row = rows[Math.Min(k, rows.Length - 1)] * s.Width;
            for (int f = 0; f < s.Width; f++) values[((s.Start + f) * Block) + k] = data[row + f];
        }
    }

    // Rows that lie together: one column after another, without a look at their numbers.
    void Split(PlanStep s, ReadOnlySpan<T> data, int n)
    {
        for (int f = 0; f < s.Width; f++)
        {
            Span<T> column = values.AsSpan((s.Start + f) * Block, n);
            int k = 0;
            for (int i = f; i < data.Length; i += s.Width) column[k++] = data[i];
            column[k..].Fill(column[k - 1]);
        }
    }

    void LogSumExp(PlanStep s, int n)
    {
        PlanStep x = steps[s.A];
        Span<T> result = Values(s, 0, n), scratch = Cotangents(s, 0, n);
        Values(x, 0, n).CopyTo(scratch);
        for (int f = 1; f < x.Width; f++) loops.Larger(Values(x, f, n), scratch);
        result.Clear();
        Span<T> e = room.AsSpan(0, n);
        for (int f = 0; f < x.Width; f++)
        {
            loops.Pairwise(MinusLanes<T>.Instance, Values(x, f, n), new Operand<T>(scratch), e);
            ElementaryFunctions.Exp<T>(e, e);
            Vectors.AddScaled(T.One, e, result);
        }
        ElementaryFunctions.Log<T>(result, result);
        Vectors.AddScaled(T.One, scratch, result);
    }

    readonly T[] room = new T[Block];
}
