namespace Descent;

/// <summary>
/// The temperatures of parallel tempering, which stay as they are: <c>T_k = T₁·(T_K/T₁)^((k−1)/(K−1))</c>, k = 1 … K, the coldest first.
/// </summary>
/// <param name="Chains">K, at least 2.</param>
/// <param name="Coldest">T₁, in units of the function; null: a thousandth of the hottest.</param>
/// <param name="Hottest">T_K; null: the mean rise of moves from the first points, but above a given coldest at least tenfold.</param>
public sealed record Ladder(int Chains = 8, double? Coldest = null, double? Hottest = null)
{
    /// <summary>T₁ … T_K where moves rise by <paramref name="rise"/> on average.</summary>
    internal double[] Temperatures(double rise)
    {
        double hot = Hottest ?? Math.Max(rise, 10 * (Coldest ?? 0)), cold = Coldest ?? hot / 1000;
        return [.. Enumerable.Range(0, Chains).Select(k => cold * Math.Pow(hot / cold, (double)k / (Chains - 1)))];
    }

    /// <summary>What is wrong with it, in a sentence; null for nothing.</summary>
    internal string? Fault =>
        Chains < 2 ? $"parallel tempering changes points between chains, so it needs at least 2; got {Chains}."
        : !IsTemperature(Coldest) || !IsTemperature(Hottest) || Coldest >= Hottest
            ? $"temperatures run from {Words(Coldest)} to {Words(Hottest)}; give positive, finite ones, the coldest first."
        : null;

    static string Words(double? t) => t?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "the default";

    static bool IsTemperature(double? t) => t is null or (> 0 and < double.PositiveInfinity);
}
