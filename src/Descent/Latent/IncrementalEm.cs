using Descent.Runs;

namespace Descent.Latent;

/// <summary>
/// Incremental EM (M37): the rows stand in blocks whose expected statistics are kept; a step renews those of one block,
/// <c>s ← s − s_b + E[s(x_b, z) | x_b, θ]</c>, and maximises at once. Its fixed points are those of EM, often in fewer passes.
/// </summary>
/// <remarks>
/// Each step raises Neal and Hinton's free energy F(θ, q), not always the likelihood. A pass costs that of EM and as many M-steps as
/// blocks; memory blocks × statistics. The sum is formed anew from the blocks in their order at every pass, so rounding does not gather.
/// Blocks are taken in their order: the same data give the same bits. Source: Neal and Hinton (1998).
/// </remarks>
public sealed class IncrementalEm
{
    readonly ILatentModel model;
    readonly double[] theta, next, sums;
    readonly double[][] table;
    readonly int rows;

    /// <summary>Starts at θ₁; one pass fills the table.</summary>
    /// <param name="model">The model with its rows.</param>
    /// <param name="start">θ₁, in the model's layout.</param>
    /// <param name="blocks">Blocks of rows that follow each other, 1 … n; 1 is EM itself.</param>
    /// <exception cref="ArgumentException">
    /// A start outside the parameter space; blocks outside 1 … n; statistics that are rows' own.
    /// </exception>
    public IncrementalEm(ILatentModel model, ReadOnlySpan<double> start, int blocks = 10)
    {
        ArgumentNullException.ThrowIfNull(model);
        LatentGuard.Start(model, start);
        if (blocks < 1 || blocks > model.Count)
            throw new ArgumentException($"The number of blocks must lie in 1 … {model.Count} (the rows); got {blocks}.");
        if (model.StatisticsPerRow)
            throw new ArgumentException("No sum over rows is sufficient for this model; incremental EM needs one. Take EM itself, the "
                + "class EmMap.");
        this.model = model;
        rows = (model.Count + blocks - 1) / blocks;
        (theta, next, sums) = (start.ToArray(), new double[start.Length], new double[model.Statistics]);
        table = new double[(model.Count + rows - 1) / rows][];
        for (int b = 0; b < table.Length; b++) Renew(b);
    }

    /// <summary>θ.</summary>
    public ReadOnlySpan<double> Point => theta;

    /// <summary>Passes over the rows so far, that which filled the table included.</summary>
    public long Passes { get; private set; } = 1;

    /// <summary>Runs until a pass moves θ by at most <paramref name="tolerance"/> (‖·‖₂), at most so many passes.</summary>
    public Outcome Run(double tolerance = 1e-10, long mostPasses = 10_000)
    {
        if (!(tolerance >= 0)) throw new ArgumentException(FormattableString.Invariant($"The tolerance must be ≥ 0; got {tolerance}."));
        double[] before = new double[theta.Length];
        while (Passes < mostPasses)
        {
            theta.CopyTo(before, 0);
            if (!Pass())
                return new Outcome(OutcomeKind.Diverged, $"In pass {Passes} a block's statistics had no maximiser: "
                    + "the estimates run to the edge of the parameter space.");
            double moved = 0;
            for (int i = 0; i < theta.Length; i++) moved += (theta[i] - before[i]) * (theta[i] - before[i]);
            moved = Math.Sqrt(moved);
            if (moved <= tolerance)
                return new Outcome(
                    OutcomeKind.Converged, FormattableString.Invariant($"Pass {Passes} moved θ by {moved:g3} ≤ {tolerance:g3}."));
        }
        return new Outcome(OutcomeKind.BudgetSpent, FormattableString.Invariant(
            $"The limit of {mostPasses} passes was reached before one moved θ by at most {tolerance:g3}."));
    }

    bool Pass()
    {
        Passes++;
        sums.AsSpan().Clear();
        foreach (double[] block in table) Add(block, 1);
        for (int b = 0; b < table.Length; b++)
        {
            Add(table[b], -1);
            Renew(b);
            Add(table[b], 1);
            if (!model.Maximise(sums, next) || !model.IsValid(next)) return false;
            next.CopyTo(theta, 0);
        }
        return true;
    }

    void Renew(int block)
    {
        double[] statistics = table[block] ??= new double[model.Statistics];
        Array.Clear(statistics);
        int first = block * rows;
        model.Expect(theta, first, Math.Min(rows, model.Count - first), statistics);
    }

    void Add(double[] block, double sign)
    {
        for (int i = 0; i < sums.Length; i++) sums[i] += sign * block[i];
    }
}
