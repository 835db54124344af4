namespace Descent.Oracles;

/// <summary>
/// A finite sum of losses of one margin, <c>f(w; zᵢ) = ωᵢφᵢ(zᵢ)</c> with <c>zᵢ = xᵢ·w + b</c>, whose rows can be seen: for methods that go
/// by the sizes of a row's values, or follow its loss along its margin.
/// </summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IRowOracle<T> : IFiniteSumOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Coordinate of the intercept, −1 without one.</summary>
    int InterceptIndex { get; }

    /// <summary>Whether a penalty is added to the losses; steps along rows know nothing of it.</summary>
    bool IsPenalised { get; }

    /// <summary>The examples of a sample, valid until the next call.</summary>
    ReadOnlySpan<int> Examples(Sample sample);

    /// <summary>Coordinates of the stored values of an example; empty where all are stored, in order.</summary>
    ReadOnlySpan<int> IndicesOf(int example);

    /// <summary>The stored values of an example.</summary>
    ReadOnlySpan<T> ValuesOf(int example);

    /// <summary>What an example is at w. Cost: the entries of its row; counted as a single gradient.</summary>
    RowLook Look(ReadOnlySpan<T> w, int example);

    /// <summary>
    /// How far the margin of an example goes while it follows its loss down for a time: z(c) − z(0) of <c>dz/dt = −φ′(z)</c>, z(0) given;
    /// where that has no closed form, of the implicit step <c>z(c) + cφ′(z(c)) = z(0)</c>. Neither passes the minimum of the loss.
    /// </summary>
    /// <param name="example">The example.</param>
    /// <param name="margin">z(0).</param>
    /// <param name="time">c ≥ 0.</param>
    double Follow(int example, double margin, double time);
}
