namespace Descent.Estimators;

/// <summary>A biased coin whose t-th fall is a pure function of seed and t, so that a restored run falls the same way.</summary>
sealed class Coin
{
    readonly ulong key;

    public Coin(Draws draws) => key = draws.NextWord();

    public bool Falls(long step, double probability) => (Philox.Pair((ulong)step, key).A >> 11) * (1.0 / (1L << 53)) < probability;
}
