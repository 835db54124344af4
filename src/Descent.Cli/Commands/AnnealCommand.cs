using System.CommandLine;
using Descent.Cli.Output;

namespace Descent.Cli.Commands;

/// <summary><c>descent anneal</c>.</summary>
static class AnnealCommand
{
    public static Command Build()
    {
        Argument<string> function = new("FUNCTION")
        {
            Description = "rastrigin, ackley, schwefel, griewank, himmelblau, levy, or an expression in x1, x2, …: numbers, + - * / ^, "
                + "parentheses, sin cos tanh exp expm1 log log1p log2 log10 sqrt abs floor ceiling min max pi e. "
                + "One that begins with - comes last, after --."
        };
        Option<string?> box = new("--box") { Description = "Bounds: LOW:HIGH for all coordinates, or x1=LOW:HIGH,x2=LOW:HIGH." };
        Option<string[]> integer = new("--integer") { Description = "Coordinates that hold integers: x1,x3." };
        Option<int?> dimension = new("--dimension") { Description = "Number of coordinates. Default: 2, or the expression's largest." };
        Option<string> schedule = new("--schedule")
        {
            Description = "geometric or logarithmic: one chain cools. "
                + "tempering: several chains keep their temperatures and change points.",
            DefaultValueFactory = _ => "geometric",
        };
        Option<int?> chains = new("--chains") { Description = "Chains of tempering. Default: 8." };
        Option<string?> temperatures = new("--temperatures")
        {
            Description = "COLDEST:HOTTEST of tempering, in units of FUNCTION. Default: the mean rise of moves, and 1/1000 of it.",
        };
        Option<int?> evaluations = new("--evaluations") { Description = "Evaluations in all. Default: 40 000 a coordinate." };
        Option<int> restarts = new("--restarts") { Description = "Independent runs that share them.", DefaultValueFactory = _ => 1 };
        Option<ulong> seed = new("--seed") { Description = "Seed of every draw.", DefaultValueFactory = _ => 1 };
        Option<string?> save = new("--out") { Description = "Write the result to this JSON file." };
        Option<string?> report = new("--report") { Description = "Write curves, and the landscape of two coordinates, to this HTML file." };
        Option<bool> json = new("--json") { Description = "Print the result as JSON." };
        Option<bool> quiet = new("--quiet") { Description = "Print the value and the point alone." };
        Command command = new("anneal", "Searches for the smallest value of a function over a box by simulated annealing.\n\nExamples:\n"
            + "  descent anneal rastrigin --dimension 5 --report rastrigin.html\n"
            + "  descent anneal \"(x1-1)^2 + 10*sin(3*x2)^2 + abs(x2)\" --box -5:5\n"
            + "  descent anneal griewank --dimension 5 --schedule tempering --chains 6\n"
            + "  descent anneal \"(x1-2.6)^2 + x2^2\" --box x1=-9:9,x2=-1:1 --integer x1")
        { function, box, integer, dimension, schedule, chains, temperatures, evaluations, restarts, seed, save, report, json, quiet };
        command.SetAction(p =>
        {
            AnnealRequest request = AnnealRequest.Read(p.GetValue(function)!, p.GetValue(dimension), p.GetValue(box),
                OptionText.Names(p.GetValue(integer)));
            int runs = p.GetValue(restarts);
            string name = p.GetValue(schedule)!;
            AnnealingOptions options = new()
            {
                Seed = p.GetValue(seed),
                Evaluations = p.GetValue(evaluations),
                Integers = request.Integers,
                Cooling = Schedule(name),
                Ladder = LadderOf(name, p.GetValue(chains), p.GetValue(temperatures)),
            };
            options = options with { Evaluations = options.BudgetFor(request.Box.Count) };
            Check(request, options, runs);
            Outputs.Check([new("--out", p.GetValue(save)), new("--report", p.GetValue(report))], []);
            return Run(request, options, runs, new(p.GetValue(save), p.GetValue(report), p.GetValue(json), p.GetValue(quiet)));
        });
        return command;
    }

    sealed record Wanted(string? Save, string? Report, bool Json, bool Quiet);

    static int Run(AnnealRequest request, AnnealingOptions options, int runs, Wanted wanted)
    {
        // Lives until the result is written: a signal that ended the search must not end the writing.
        using Interruption stop = new();
        AnnealingResult r = Anneal.Minimize(request.Function, request.Box, options with { Cancellation = stop.Token }, runs);
        stop.Finishing();
        if (!double.IsFinite(r.Value))
            throw new UsageException($"FUNCTION has no finite value at any of the {r.Evaluations} points that were tried, or falls to "
                + $"−∞; check it, or give another --box.");
        AnnealAccount account = new(request, options, runs, r);
        Console.Out.Write(wanted.Json ? account.Json() + "\n" : wanted.Quiet ? account.Short() : account.Printed());
        Saving saving = new();
        if (wanted.Save is { } file) saving.Text(file, account.Json() + "\n");
        if (wanted.Report is { } page) saving.Text(page, account.Html(DateTimeOffset.Now));
        return saving.End(r.Interrupted ? ExitCode.Interrupted : ExitCode.Done);
    }

    static Cooling Schedule(string text) => text switch
    {
        "geometric" => Cooling.Geometric,
        "logarithmic" or "log" => Cooling.Logarithmic,
        "tempering" => Cooling.Geometric,
        _ => throw new UsageException($"--schedule is '{text}'; expected geometric, logarithmic or tempering."),
    };

    static Ladder? LadderOf(string schedule, int? chains, string? temperatures)
    {
        if (schedule != "tempering")
        {
            return chains is null && temperatures is null ? null : throw new UsageException(
                $"{(chains is null ? "--temperatures" : "--chains")} belongs to --schedule tempering; leave it out, or choose that.");
        }
        if (chains is < 2) throw new UsageException($"--chains is {chains}; expected at least 2, for they change points with each other.");
        if (temperatures is null) return new(chains ?? 8);
        string[] ends = temperatures.Split(':');
        return ends.Length == 2 && OptionText.IsNumber(ends[0], out double cold) && OptionText.IsNumber(ends[1], out double hot)
            && cold > 0 && cold < hot && double.IsFinite(hot) ? new(chains ?? 8, cold, hot)
            : throw new UsageException(
                $"--temperatures is '{temperatures}'; expected COLDEST:HOTTEST, two positive numbers, the smaller first.");
    }

    static void Check(AnnealRequest request, AnnealingOptions options, int runs)
    {
        int budget = options.Evaluations!.Value;
        long least = (request.Box.Count + 2L) * (options.Ladder?.Chains ?? 1);
        if (runs < 1) throw new UsageException($"--restarts is {runs}; expected at least 1.");
        if (budget / runs < least)
            throw new UsageException($"--evaluations is {budget} for {Text.Plural(runs, "run")}; expected at least {least} for each.");
        foreach (int j in request.Integers)
            if (Math.Ceiling(request.Box[j].Low) > Math.Floor(request.Box[j].High))
                throw new UsageException($"--integer names x{j + 1}, and its bounds hold no integer; widen --box.");
    }
}
