namespace Descent.Rules;

/// <summary>The size below which decaying state counts as zero: far from every meaningful value, above every subnormal.</summary>
static class Tiny<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static T Value { get; } = T.CreateTruncating(typeof(T) == typeof(double) ? 1e-290 : 1e-30);

    /// <summary>Below every root of state that is not zero: a denominator under it has no second moment in it.</summary>
    public static T Root { get; } = T.CreateTruncating(typeof(T) == typeof(double) ? 1e-145 : 1e-15);
}
