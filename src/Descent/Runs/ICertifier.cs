namespace Descent.Runs;

/// <summary>Says how far a point is from the optimum. Works outside the run's meter and clock.</summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface ICertifier<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether a thorough certificate costs little enough for every trace point.</summary>
    bool ThoroughIsCheap { get; }

    /// <summary>Whether a look that is not thorough can prove anything for this problem; where it cannot, value and gradient are all that a
    /// look needs.</summary>
    bool ProvesAtLooks => true;

    /// <summary>
    /// What gap a look is likely to find at a point whose gradient is known: an estimate that proves nothing,
    /// at the cost of d operations, so that looks are spent where they can decide. NaN when only a look can tell.
    /// </summary>
    /// <param name="gradient">∇F at the point, without the non-smooth part.</param>
    double Foresee(ReadOnlySpan<T> gradient);

    /// <summary>Bounds F(w) − F* at one point.</summary>
    /// <param name="w">The point.</param>
    /// <param name="dual">Dual variables of the method, or empty.</param>
    /// <param name="thorough">Whether more than about one full gradient may be spent to tighten the bound.</param>
    Certificate Certify(ReadOnlySpan<T> w, ReadOnlySpan<double> dual, bool thorough);

    /// <summary>Shows all that later certificates depend on, so that an interrupted run can go on; a certifier without state has nothing to
    /// show.</summary>
    void Visit(IStateVisitor visitor)
    {
    }
}
