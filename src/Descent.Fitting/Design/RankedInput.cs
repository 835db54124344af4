using System.Text;
using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>Files opened by ranks: all of them go on to read, or none does.</summary>
static class RankedInput
{
    /// <summary>Opens what a specification names.</summary>
    /// <exception cref="DataException">A rank cannot open it: in that rank with its own words, in the others with its number
    /// before them. Ranks that went on alone would wait for each other in calls that do not belong together.</exception>
    public static DataInput Open(FitSpec spec)
    {
        if (spec.Ranks is not { Size: > 1 } ranks) return spec.Data.Open();
        DataInput? input = null;
        DataException? fault = null;
        try
        {
            input = spec.Data.Open();
        }
        catch (DataException e)
        {
            fault = e;
        }
        string[] said = Words(ranks, fault?.Message ?? "");
        int first = Array.FindIndex(said, s => s.Length > 0);
        if (first < 0) return input!;
        input?.Dispose();
        throw fault ?? new DataException($"rank {first} of {ranks.Size}: {said[first]}");
    }

    /// <summary>What each rank says, told to all.</summary>
    public static string[] Words(IRankGroup ranks, string mine)
    {
        byte[] own = Encoding.UTF8.GetBytes(mine);
        long[] lengths = RankedReading.Tell(ranks, (long)own.Length);
        byte[] all = new byte[lengths.Sum()];
        own.CopyTo(all, lengths.Take(ranks.Rank).Sum());
        RankedReading.Gather<byte>(ranks, all, lengths);
        int at = 0;
        return [.. lengths.Select(n => Encoding.UTF8.GetString(all, (at += (int)n) - (int)n, (int)n))];
    }
}
