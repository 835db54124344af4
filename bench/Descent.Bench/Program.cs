namespace Descent.Bench;

/// <summary>Benchmarks that print ratios to a baseline measured in the same run, round by round.</summary>
static class Program
{
    static int Main(string[] args)
    {
        Dictionary<string, Action> all = new()
        {
            ["sparse-epoch"] = SparseEpoch.Run,
            ["local-sgd"] = Local.Run,
            ["busy"] = Busy.Run,
            ["parse"] = Parse.Run,
            ["dense"] = Dense.Run,
            ["steps"] = Steps.Run,
            ["minibatch"] = Minibatch.Run,
            ["network"] = Network.Run,
            ["products"] = Products.Run,
            ["tiny"] = Tiny.Run,
            ["mixture"] = Mixture.Run,
            ["quantiles"] = Quantiles.Run,
        };
        string[] chosen = args.Length == 0 || args[0] == "all" ? [.. all.Keys] : args;
        foreach (string name in chosen)
        {
            if (!all.TryGetValue(name, out Action? run))
            {
                Console.Error.WriteLine($"There is no benchmark '{name}'. There are {string.Join(", ", all.Keys)}, and all.");
                return 1;
            }
            Console.WriteLine($"## {name}\n");
            run();
            Console.WriteLine();
        }
        return 0;
    }
}
