namespace Descent.Autodiff.Operations;

/// <summary>The lines of a tensor along one dimension.</summary>
readonly struct Lines
{
    readonly int length, apart;

    public Lines(Shape shape, int dimension)
    {
        length = shape[dimension];
        apart = 1;
        for (int i = dimension + 1; i < shape.Rank; i++) apart *= shape[i];
    }

    /// <summary>Where the largest entry of the q-th line lies, the first of equals; a NaN wins.</summary>
    public int Best<T>(ReadOnlySpan<T> x, int q)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int first = (q / apart * apart * length) + (q % apart), best = first;
        for (int k = 1, p = first + apart; k < length; k++, p += apart)
            if (!T.IsNaN(x[best]) && !(x[p] <= x[best])) best = p;
        return best;
    }
}
