namespace Descent.Estimators;

/// <summary>How a gradient is written in fewer bytes. What is lost is not random: with error feedback (<see cref="Compressed"/>) it is
/// made up for in later steps.</summary>
public abstract record GradientCompression
{
    /// <summary>The text form: <c>topk:0.01</c>, <c>sign</c>, <c>half</c>.</summary>
    public abstract string Text { get; }

    /// <summary>Makes the codec of one run, with its buffers.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="dimension">d ≥ 1.</param>
    public abstract GradientCodec<T> Start<T>(int dimension)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The compression of a text form; null when there is none of that form.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share of <c>topk</c> does not lie in (0, 1].</exception>
    public static GradientCompression? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is "sign") return new ScaledSign();
        if (text is "half") return new HalfPrecision();
        const string TopK = "topk:";
        return text.StartsWith(TopK, StringComparison.Ordinal)
            && double.TryParse(text.AsSpan(TopK.Length), System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture, out double share) ? new TopK(share) : null;
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Text;
}
