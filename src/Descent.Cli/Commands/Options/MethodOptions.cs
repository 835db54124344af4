using System.CommandLine;

namespace Descent.Cli.Commands.Options;

/// <summary>The method and its steps.</summary>
sealed class MethodOptions : OptionGroup
{
    readonly Option<string> method, learningRate;
    readonly Option<string?> schedule, theorem, batch, compress, order, average;
    readonly Option<string[]> assume, set;
    readonly Option<int> microBatches;
    readonly Option<double?> momentum, beta1, beta2, epsilon, memory, weightDecay;

    public MethodOptions()
    {
        method = Add("--method", "Method, or auto; 'descent methods' lists them.", "auto", "--solver", "--optimizer");
        learningRate = Add("--lr", "Step size η, or auto (from the smoothness); tune takes a range A..B.", "auto", "--learning-rate",
            "--eta", "--step-size");
        schedule = Optional("--schedule", "constant, linear, 1/t, exp, power, step, cosine, cosine-restarts, one-cycle, wsd, "
            + "strongly-convex, horizon, polyak, each with key=value; or theory, the steps of the guarantee that fits the problem; for "
            + "example cosine:min=1e-5,warmup=5% or 'constant:over=50% then linear'.");
        theorem = Optional("--theorem", "The guarantee to follow, by its name (G11, SAGA; docs/guarantees.md); with --lr or another "
            + "--schedule: to ask about these step sizes.");
        assume = List("--assume", "Constants to vouch for where they are not proved, D=3,sigma2=0.5; what is promised then depends on "
            + "them. D, Delta, sigma2, G, Gl, H, J, mu.");
        batch = Optional("--batch", "Examples a step, or full.", "--batch-size");
        microBatches = Add("--micro-batches", "Parts a batch is computed in, one after another or by the ranks of mpirun; results depend "
            + "on them, not on the ranks.", 1);
        compress = Optional("--compress", "Write the gradients of a batch's parts (--micro-batches) in fewer bytes, with error feedback: "
            + "topk:SHARE (the largest entries), sign (one bit each) or half (16 bits).");
        order = Optional("--order", "shuffle, shuffle-once, blocks (of 4096 rows, eight mixed at a time: for rows that lie on a disk), "
            + "sequential or replacement. Default: the method's own, mostly shuffle.");
        momentum = Add<double?>("--momentum", "Momentum β.");
        beta1 = Add<double?>("--beta1", "β₁, decay of the first moment.");
        beta2 = Add<double?>("--beta2", "β₂, decay of the second moment.");
        epsilon = Add<double?>("--eps", "ε in the denominator.");
        memory = Add<double?>("--memory", "Pairs kept by lbfgs.");
        weightDecay = Add<double?>("--weight-decay", "Decoupled weight decay of adamw and its kin; a penalty is --l2.");
        set = List("--set", "Any number of the method: NAME=VALUE,NAME=VALUE; 'descent methods NAME' lists them.");
        average = Optional("--average", "Report an average of the iterates: uniform, weighted, random, suffix, ema:β, polynomial:γ, "
            + "swa:from=75%,every=STEPS.");
    }

    /// <summary>The method that was asked for.</summary>
    /// <param name="p">The options as parsed.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="ranges">Takes a step size that is a range.</param>
    public MethodSpec Read(ParseResult p, Faults faults, Ranges ranges) => new()
    {
        Name = p.GetValue(method) ?? MethodSpec.Auto,
        StepSize = faults.Of(() => OptionText.StepSize(ranges.Single(SearchDimension.StepSize, p.GetValue(learningRate)!, "auto"))),
        Schedule = faults.Of(() => p.GetValue(schedule) is { } text ? ScheduleSpec.Parse(text) : null),
        Theorem = p.GetValue(theorem),
        Assume = faults.Of(() => OptionText.Assume(OptionText.Names(p.GetValue(assume)))) ?? [],
        Batch = faults.Of(() => OptionText.Batch(p.GetValue(batch))),
        MicroBatches = p.GetResult(microBatches) is null ? 1 : p.GetValue(microBatches),
        Compression = faults.Of(() => OptionText.Compression(p.GetValue(compress))),
        Order = faults.Of(() => OptionText.Order(p.GetValue(order))),
        Numbers = faults.Of(() => Numbers(p)) ?? [],
        Average = faults.Of(() => p.GetValue(average) is { } text ? AverageSpec.Parse(text) : null),
    };

    Dictionary<string, double> Numbers(ParseResult p)
    {
        Dictionary<string, double> numbers = new(StringComparer.Ordinal);
        foreach (Option<double?> option in new[] { momentum, beta1, beta2, epsilon, memory, weightDecay })
            if (p.GetValue(option) is { } x) numbers[option.Name.TrimStart('-')] = x;
        foreach (string part in OptionText.Names(p.GetValue(set)))
        {
            string[] pair = part.Split('=', 2);
            if (pair.Length != 2 || !OptionText.IsNumber(pair[1], out double x))
                throw new UsageException($"--set is '{part}'; expected NAME=VALUE with a number, for example --set beta1=0.8.");
            numbers[pair[0].Trim()] = x;
        }
        return numbers;
    }
}
