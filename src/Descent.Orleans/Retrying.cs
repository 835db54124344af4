using System.Diagnostics;
using Orleans.Runtime;

namespace Descent.Orleans;

/// <summary>Asks a grain again while the cluster is between two states: a silo was lost, a storage was slow. Refusals are not asked
/// again.</summary>
sealed class Retrying(TimeSpan patience)
{
    const int FirstPause = 20, LongestPause = 1000;

    /// <summary>The answer, waiting for it.</summary>
    public TAnswer Ask<TAnswer>(string whom, Func<Task<TAnswer>> call) => AskAsync(whom, call).GetAwaiter().GetResult();

    async Task<TAnswer> AskAsync<TAnswer>(string whom, Func<Task<TAnswer>> call)
    {
        long began = Stopwatch.GetTimestamp();
        for (int pause = FirstPause; ; pause = Math.Min(2 * pause, LongestPause))
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                if (Stopwatch.GetElapsedTime(began) > patience)
                    throw new TimeoutException(FormattableString.Invariant(
                        $"{whom} gave no answer for {patience.TotalSeconds:G4} s; the last try ended with: {e.Message}"), e);
            }
            await Task.Delay(pause).ConfigureAwait(false);
        }
    }
}
