using System.Globalization;
using Descent.Data;
using Xunit.Abstractions;

namespace Descent.Fuzz;

/// <summary>
/// The loaders against mutated inputs. The number of inputs a loader is fixed (above 200,000 in all),
/// or what <c>DESCENT_FUZZ</c> says (eng/fuzz); the seed is the commit, or <c>DESCENT_FUZZ_SEED</c>.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    // The readers of data open a file for each, the others are cheaper.
    static long Inputs(string loader) => loader switch
    {
        "parquet" => 4_000,
        "arrow" => 4_000,
        "csv" or "libsvm" or "idx" or "npz" or "packed" or "cache" => 8_000,
        "safetensors" => 40_000,
        "model" or "history" or "formula" or "text" => 20_000,
        _ => 10_000,
    };

    public static TheoryData<string> All => [.. Loaders.Names];

    [Fact]
    public void There_are_enough_inputs() => Assert.True(Loaders.Names.Sum(Inputs) >= 200_000);

    [Theory]
    [MemberData(nameof(All))]
    public void Mutated_inputs_are_loaded_or_refused(string loader)
    {
        long inputs = long.TryParse(Environment.GetEnvironmentVariable("DESCENT_FUZZ"), CultureInfo.InvariantCulture, out long n)
            ? n
            : Inputs(loader);
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("DESCENT_FUZZ_SEED"), CultureInfo.InvariantCulture, out ulong s)
            ? s
            : Corpus.Seed();
        Campaign campaign = new(loader, inputs, seed);
        campaign.Run();
        output.WriteLine(campaign.Summary);
        Assert.True(campaign.Failures.Count == 0, campaign.Summary + "\n" + string.Join('\n', campaign.Failures));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_corpus_itself_is_loaded_or_refused(string loader)
    {
        string file = Path.GetTempFileName();
        int loaded = 0;
        foreach (byte[] input in Corpus.Of(loader))
        {
            long before = GC.GetTotalAllocatedBytes();
            try
            {
                Loaders.Run(loader, input, file);
                loaded++;
            }
            catch (Exception e) when (Loaders.IsRefusal(e))
            {
                // Refused with a sentence.
            }
            long taken = GC.GetTotalAllocatedBytes() - before;
            Assert.True(taken <= Campaign.Room(input.Length), $"{taken} bytes for an input of {input.Length}");
        }
        File.Delete(file);
        Assert.True(loaded > 0, "A corpus of which nothing is accepted reaches no code behind the first check.");
    }

    // An input of an older form is refused at its first number, and mutations of it reach no more: where the form of caches changes,
    // DESCENT_ACCEPT=1 makes these anew.
    [Theory]
    [InlineData("table", false)]
    [InlineData("sparse", true)]
    public void Caches_of_the_corpus_are_of_the_present_form(string name, bool sparse)
    {
        string file = Path.Combine(Corpus.Folder("cache"), name), text = $"rows-of-a-{name}";
        if (Environment.GetEnvironmentVariable("DESCENT_ACCEPT") == "1")
        {
            byte[] cache = File.ReadAllBytes(new CacheText(text + (sparse ? ".svm" : ".csv"), sparse).Cache);
            (byte[] pieces, byte[] asItIs, byte[] elsewhere) = Caches.Inputs(cache, sparse);
            File.WriteAllBytes(file, pieces);
            File.WriteAllBytes(file + "-as-it-is", asItIs);
            File.WriteAllBytes(file + "-of-elsewhere", elsewhere);
        }
        Caches.Run(File.ReadAllBytes(file), text);
        Caches.Run(File.ReadAllBytes(file + "-as-it-is"), text);
        DataException refusal = Assert.Throws<DataException>(() => Caches.Run(File.ReadAllBytes(file + "-of-elsewhere"), text));
        Assert.Contains("is stale", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_follow_from_seed_and_number()
    {
        IReadOnlyList<byte[]> corpus = Corpus.Of("csv");
        Assert.Equal(new Mutator(corpus, 7).Make(123), new Mutator(corpus, 7).Make(123));
        Assert.NotEqual(new Mutator(corpus, 7).Make(123), new Mutator(corpus, 8).Make(123));
    }
}
