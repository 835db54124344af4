using Descent.Autodiff.Operations;

namespace Descent.Autodiff.Compiled;

/// <summary>Reads a plan off a tape: every node must be one that works row by row, or the loss is left to the tape.</summary>
sealed class Tracer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostColumns = 256, MostWeights = 4096;
    readonly Tape<T> tape;
    readonly int rows;
    readonly List<PlanStep> steps = [];
    readonly Dictionary<int, int> stepOf = [];
    int[] uses = [];
    int columns;

    Tracer(Tape<T> tape, int rows)
    {
        this.tape = tape;
        this.rows = rows;
    }

    /// <summary>The plan of a loss that was just computed,
    /// or null when an operation does not allow it or the network is too large to gain by it.</summary>
    /// <param name="loss">The loss, on the tape.</param>
    /// <param name="parameters">The parameters, on the tape.</param>
    /// <param name="layout">Where they lie.</param>
    /// <param name="batch">The batch, whose data was recorded.</param>
    /// <param name="generate">Whether it may become code.</param>
    public static Plan<T>? Trace(Var<T> loss, ReadOnlySpan<Var<T>> parameters, BlockLayout layout, Batch batch, bool generate)
    {
        if (layout.Length > MostWeights) return null;
        Tracer<T> t = new(loss.Tape, batch.Count);
        for (int k = 0; k < parameters.Length; k++)
            t.Add(parameters[k].Index,
                new PlanStep(PlanKind.Parameter, null, -1, -1, layout.Blocks[k].Length, layout.Blocks[k].Offset, false, 0, 0, null, true));
        foreach (var (node, data, width) in batch.Inputs)
            t.Add(node, t.Row(PlanKind.Input, null, -1, -1, width, data, false));
        t.CountUses(loss.Index);
        for (int i = 0; i <= loss.Index; i++)
            if (!t.stepOf.ContainsKey(i) && !t.Read(i, batch)) return null;
        PlanStep end = t.steps[t.stepOf[loss.Index]];
        return end.Kind == PlanKind.Total && end.Needs && t.columns <= MostColumns
            ? new Plan<T>([.. t.steps], end, t.columns, layout.Length, generate)
            : null;
    }

    void CountUses(int last)
    {
        uses = new int[last + 1];
        for (int i = 0; i <= last; i++)
        {
            Node<T> n = tape.NodeAt(i);
            if (n.First >= 0) uses[n.First]++;
            if (n.Second >= 0) uses[n.Second]++;
        }
    }

    void Add(int node, PlanStep step)
    {
        stepOf[node] = steps.Count;
        steps.Add(step);
    }

    PlanStep Row(PlanKind kind, object? function, int a, int b, int width, Array? source, bool needs, bool flag = false)
    {
        PlanStep step = new(kind, function, a, b, width, columns, flag, 0, 0, source, needs);
        columns += width;
        return step;
    }

    bool Read(int i, Batch batch)
    {
        Node<T> n = tape.NodeAt(i);
        if (n.Operation is null)
        {
            // Leaves that are neither data nor parameters: numbers may stay, anything else may differ from batch to batch.
            if (n.Shape.Length != 1) return false;
            Add(i, new PlanStep(PlanKind.Constant, null, -1, -1, 1, 0, false, double.CreateTruncating(tape.ValueOf(i)[0]), 0, null, false));
            return true;
        }
        int a = stepOf[n.First], b = n.Second < 0 ? -1 : stepOf[n.Second];
        PlanStep first = steps[a];
        PlanStep? second = b < 0 ? null : steps[b];
        switch (n.Operation)
        {
            case Reshaped<T>:
                // The same columns under another name, as long as rows stay rows.
                bool kept = !first.IsRow || (n.Shape.Rank is 1 or 2 && n.Shape[0] == rows && n.Shape.Length == rows * first.Width);
                stepOf[i] = a;
                return kept;
            case MatrixProduct<T> when first.IsRow && second is { Kind: PlanKind.Parameter } && ((int)n.Number & 1) == 0
                && n.Shape.Rank == 2:
                Add(i, Row(PlanKind.Linear, null, a, b, n.Shape[1], null, true, ((int)n.Number & 2) != 0));
                return true;
            case Summed<T> when first.IsRow && n.Shape.Length == 1 && rows > 1:
                Add(i, new PlanStep(PlanKind.Total, null, a, -1, 1, 0, false, 1, 0, null, first.Needs));
                return true;
            case Summed<T> when first.IsRow && n.Shape.Rank == 2 && n.Shape[0] == rows && n.Shape[1] == 1:
                Add(i, Row(PlanKind.SumLast, null, a, -1, 1, null, first.Needs));
                return true;
            case LogSumExpOf<T> when first.IsRow && n.Shape.Rank == 1:
                Add(i, Row(PlanKind.LogSumExp, null, a, -1, 1, null, first.Needs));
                return true;
            case Picked<T> when first.IsRow && n.Shape.Rank == 1 && batch.SourceOf(n.Indices!) is { } data:
                Add(i, Row(PlanKind.Pick, null, a, -1, 1, data, first.Needs));
                return true;
            default:
                return Elementwise(i, n, a, b);
        }
    }

    bool Elementwise(int i, Node<T> n, int a, int b)
    {
        if (LanePair<T>.Of(n.Operation!) is { } pair) return Binary(i, n, pair, a, b);
        if (!steps[a].IsRow || LaneFunction<T>.Of(n.Operation!) is not { } function) return false;
        Add(i, Row(PlanKind.Unary, function, a, -1, steps[a].Width, null, steps[a].Needs));
        return true;
    }

    bool Binary(int i, Node<T> n, LanePair<T> pair, int a, int b)
    {
        PlanStep first = steps[a], second = steps[b];
        if (first.Kind == PlanKind.Total || second.Kind == PlanKind.Total) return Total(i, pair, first, second);
        if (!first.IsRow && !second.IsRow) return false;
        // A bias is where the sums of a linear step begin, when nothing else looks at them without it.
        if (pair is PlusLanes<T> && first is { Kind: PlanKind.Linear, Bias: < 0 } && second.Kind == PlanKind.Parameter
            && second.Width == first.Width && uses[n.First] == 1)
        {
            steps[a] = first with { Bias = second.Start };
            stepOf[i] = a;
            return true;
        }
        int width = Math.Max(first.IsRow ? first.Width : 1, second.IsRow ? second.Width : 1);
        bool fits = n.Shape.Rank is 1 or 2 && n.Shape[0] == rows && n.Shape.Length == rows * width
            && (first.Width == 1 || first.Width == width) && (second.Width == 1 || second.Width == width);
        if (!fits) return false;
        Add(i, Row(PlanKind.Binary, pair, a, b, width, null, first.Needs || second.Needs));
        return true;
    }

    // The sum over the rows may be scaled and shifted by numbers, which is what a mean does.
    bool Total(int i, LanePair<T> pair, PlanStep first, PlanStep second)
    {
        PlanStep total = first.Kind == PlanKind.Total ? first : second, number = first.Kind == PlanKind.Total ? second : first;
        if (number.Kind != PlanKind.Constant) return false;
        bool swapped = first.Kind != PlanKind.Total;
        PlanStep? made = pair.OfTotal(total, number.Scale, swapped);
        // A divisor whose inverse leaves the range is left to the tape, which divides.
        if (made is null || !double.IsFinite(made.Scale)) return false;
        Add(i, made);
        return true;
    }
}
