using System.Text;

namespace Descent.Data.Hashing;

/// <summary>A level as one hashed column: its whole text is hashed as Vowpal Wabbit hashes a name under a namespace.</summary>
/// <param name="space">The namespace: the name of the column of levels.</param>
/// <param name="bits">Columns are 2^bits.</param>
sealed class LevelHash(string space, int bits)
{
    readonly uint seed = FeatureHash.Of(Encoding.UTF8.GetBytes(space), 0);
    readonly HashedRow row = new(bits);

    /// <summary>The column of a level, with the value 1; good until the next call.</summary>
    public HashedRow Of(string level)
    {
        row.Clear();
        row.Add(FeatureHash.Of(Encoding.UTF8.GetBytes(level), seed), 1);
        return row;
    }
}
