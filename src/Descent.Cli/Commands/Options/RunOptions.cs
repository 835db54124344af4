using System.CommandLine;
using Descent.Cli.Output;

namespace Descent.Cli.Commands.Options;

/// <summary>How a fit is run, and what is printed and written.</summary>
sealed class RunOptions : OptionGroup
{
    readonly Option<double> valid;
    readonly Option<bool> timeOrder, fix, fastSum, json, quiet, dryRun;
    readonly Option<int?> repeat, threads;
    readonly Option<ulong> seed;
    readonly Option<string?> output, report, proof, run;

    public RunOptions()
    {
        valid = Add("--valid", "Part of the rows to hold out, for example 0.1.", 0.0);
        timeOrder = Add("--time-order", "Rows stand in the order of time: those held out (--valid, --cv, --folds) come after those "
            + "that train.", false);
        repeat = Add<int?>("--repeat", "Seeds to run, from --seed on: fit reports their mean and spread, compare (3 when left out) "
            + "their medians.");
        fix = Add("--fix", "Apply the doctor's remedy to a run that went wrong, and run again.", false);
        seed = Add("--seed", "Seed of all random numbers.", 1UL);
        threads = Add<int?>("--threads", "Threads; results do not depend on them. Default: all for large data.");
        fastSum = Add("--fast-sum", "Under mpirun or srun, add up ranks in their engine's order: fewer bytes, and the same to rounding "
            + "alone.", false);
        output = Optional("--out", "Write the model here.", "-o");
        report = Optional("--report", "Write an HTML report here.");
        proof = Optional("--proof", "Write a proof of the distance from the optimum here, for verify-proof and eng/check-proof.py.");
        run = Optional("--run", "Write model, trace, result and report into this folder.");
        json = Add("--json", "Print one JSON object instead of text.", false);
        quiet = Add("--quiet", "Print one line.", false, "-q");
        dryRun = Add("--dry-run", "Print plan, constants and memory, and fit nothing.", false);
    }

    /// <summary>Adds to what is fitted how it is run; every fault at once.</summary>
    /// <param name="p">The options as parsed.</param>
    /// <param name="spec">What is fitted.</param>
    /// <param name="ranges">What is to be searched.</param>
    /// <param name="faults">The faults so far.</param>
    public FitArguments Read(ParseResult p, FitSpec spec, Ranges ranges, Faults faults)
    {
        int? seeds = p.GetValue(repeat), workers = p.GetValue(threads);
        if (seeds < 1) faults.Add($"--repeat is {seeds}; expected at least 1.");
        if (workers < 1) faults.Add("--threads needs to be at least 1.");
        spec = spec with
        {
            Output = new OutputSpec
            {
                Model = p.GetValue(output),
                Report = p.GetValue(report),
                Proof = p.GetValue(proof),
                Run = p.GetValue(run),
            },
            HoldOut = p.GetValue(valid),
            InTime = p.GetValue(timeOrder),
            Seed = p.GetValue(seed),
            Threads = Math.Max(0, workers ?? 0),
            FastSum = p.GetValue(fastSum),
            Caller = CommandLineCaller.Of(p),
        };
        faults.Throw(spec.Faults(folds: ranges.Tuned));
        return new FitArguments(spec)
        {
            Json = p.GetValue(json),
            Quiet = p.GetValue(quiet),
            DryRun = p.GetValue(dryRun),
            Fix = p.GetValue(fix),
            Repeat = seeds,
            Ranges = ranges.Searched,
        };
    }
}
