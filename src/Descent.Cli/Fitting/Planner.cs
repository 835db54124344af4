using System.Globalization;
using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Estimators;
using Descent.Models.Constants;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Cli.Fitting;

/// <summary>Derives the run from request, data and constants. No value is left for the user to guess.</summary>
static class Planner
{
    public static Plan Make(FitRequest request, LoadedData data, EmpiricalRisk<double> risk, string method, string? why, ProblemConstants constants)
    {
        RequireMeaning(request, method, data.Model);
        int n = data.Count;
        bool canSample = Catalogue.Find(method)!.CanSample;
        bool stochastic = canSample && request.Batch != "full";
        int batch = stochastic ? BatchOf(request, method, n) : n;
        if (method == "svrg" && request.Batch == "full") throw new UsageException("--batch full makes svrg gradient descent; use --method gd, or a batch size.");
        Sampling sampling = new(OrderOf(request, method), stochastic ? batch : 1);
        long perEpoch = stochastic ? sampling.StepsPerEpoch(n) : 1;
        double epochs = request.Epochs ?? DefaultEpochs(method, n);
        if (!(epochs > 0)) throw new UsageException(FormattableString.Invariant($"--epochs is {epochs}; expected a number above 0."));
        long steps = request.Steps ?? (stochastic ? (long)Math.Ceiling(epochs * perEpoch / (method == "svrg" ? 3 : 1)) : long.MaxValue);
        if (steps <= 0) throw new UsageException($"--steps is {steps}; expected at least 1.");
        double smoothness = stochastic ? BatchSmoothness(constants, batch, n) : constants.Smoothness;
        (double eta, string etaWhy) = StepSizeOf(request, method, smoothness, constants, stochastic);
        double beta = request.Momentum ?? DefaultMomentum(method, constants, stochastic);
        IStepSize schedule = ScheduleOf(request, method, eta, perEpoch, steps == long.MaxValue ? (long)epochs : steps, constants, smoothness);
        object algorithm = Build(request, method, schedule, sampling, stochastic, beta);
        List<string> values = [];
        if (UsesStepSize(method)) values.Add($"η₀ = {Text.Number(schedule.Next(new StepInfo(0)))} ({etaWhy})");
        if (stochastic) values.Add($"batch {batch}, order {sampling.Order switch { SampleOrder.Shuffle => "shuffled every epoch", SampleOrder.ShuffleOnce => "shuffled once", SampleOrder.Sequential => "as in the file", _ => "with replacement" }}, {Text.Plural(perEpoch, "step")} an epoch");
        values.Add($"seed {request.Seed}, {Text.Plural(request.Threads, "thread")}");
        return new Plan
        {
            Method = method,
            Why = why,
            Recursion = ((IDescribed)algorithm).Recursion,
            Values = values,
            Constants = constants,
            StepSize = eta,
            Batch = batch,
            MaxSteps = request.Steps ?? (stochastic ? steps : DefaultSteps(method, request.Epochs)),
            MaxGradients = request.Epochs is { } e && !(stochastic && method != "svrg") ? (long)Math.Ceiling(e * n) : long.MaxValue,
            TraceEvery = stochastic ? perEpoch * Math.Max(1, steps / perEpoch / 300) : data.Entries > 20_000_000 ? 5 : 1,
            GapTolerance = request.Gap > 0 ? request.Gap : DefaultGap(method, risk.Dimension),
            IsStochastic = stochastic && method != "svrg",
            Algorithm = algorithm,
        };
    }

    // An option that the method does not have is a misunderstanding, not something to pass over.
    static void RequireMeaning(FitRequest request, string method, string model)
    {
        void Only(bool given, string option, bool fits, string where)
        {
            if (given && !fits) throw new UsageException($"{option} means nothing to {where}. Leave it out, or choose a method or model that has it.");
        }
        string m = "--method " + method;
        bool adam = method is "adam" or "amsgrad";
        Only(request.LearningRate != "auto", "--lr", UsesStepSize(method), m);
        Only(request.Schedule is not null, "--schedule", UsesStepSize(method), m);
        Only(request.Batch is not null and not "full", "--batch", Catalogue.Find(method)!.CanSample, m);
        Only(request.Order != "shuffle", "--order", Catalogue.Find(method)!.CanSample && request.Batch != "full", m);
        Only(request.Momentum is not null, "--momentum", method is "heavy-ball" or "nesterov" or "ema-momentum" or "normalised" or "storm", m);
        Only(request.Beta1 != 0.9, "--beta1", adam, m);
        Only(request.Beta2 != 0.999, "--beta2", adam || method.StartsWith("ema-norm", StringComparison.Ordinal), m);
        Only(request.Epsilon != 1e-8, "--eps", adam || method is "adagrad" or "rmsprop", m);
        Only(request.Memory != 10, "--memory", method == "lbfgs", m);
        Only(request.Tau != 0.5, "--tau", model == "quantile", "--model " + model);
        Only(request.Delta != 1.345, "--delta", model == "huber", "--model " + model);
    }

    static bool UsesStepSize(string method) => method is "gd" or "fista" || Catalogue.Find(method)!.CanSample;

    static object Build(FitRequest request, string method, IStepSize eta, Sampling sampling, bool stochastic, double beta)
    {
        Minibatch batches = new(sampling);
        FirstOrder Rule(IRule rule) => stochastic ? new StochasticMethod(rule, eta, batches) : new GradientMethod(rule, eta);
        object algorithm = method switch
        {
            "gd" => new GradientMethod(new Sgd(), eta),
            "line-search" => new LineSearchDescent(),
            "exact-line-search" => new ExactLineSearchDescent(),
            "sgd" or "averaged-sgd" => Rule(new Sgd()),
            "heavy-ball" => Rule(new HeavyBall(beta)),
            "ema-momentum" => Rule(new EmaMomentum(1 - beta)),
            "nesterov" => Rule(new Nesterov(beta)),
            "adagrad-norm" => Rule(new AdaGradNorm()),
            "adagrad-norm-delayed" => Rule(new AdaGradNorm(Delayed: true)),
            "ema-norm" => Rule(new EmaNorm(request.Beta2)),
            "ema-norm-corrected" => Rule(new EmaNorm(request.Beta2, Corrected: true)),
            "adagrad" => Rule(new AdaGrad(request.Epsilon)),
            "rmsprop" => Rule(new RmsProp(Epsilon: request.Epsilon)),
            "amsgrad" => Rule(new AmsGrad(request.Beta1, request.Beta2, request.Epsilon)),
            "sign" => Rule(new SignDescent()),
            "normalised" => Rule(new Normalised(1 - beta)),
            "storm" => stochastic ? new StochasticMethod(new Normalised(1), eta, new Storm(sampling, 1 - beta)) : throw new UsageException("--batch full leaves storm nothing to reduce; use --method normalised, or a batch size."),
            "fista" => Methods.Fista(eta),
            "adam" => Rule(new Adam(request.Beta1, request.Beta2, request.Epsilon)),
            "svrg" => new FiniteSumMethod(new Sgd(), eta, new Svrg(sampling)),
            "newton" => Methods.Newton(),
            "bfgs" => Methods.Bfgs(),
            "lbfgs" => Methods.LBfgs(request.Memory),
            "interior-point" => Methods.InteriorPoint(),
            _ => throw new UsageException($"--method '{method}' is not known. 'descent methods' lists them all."),
        };
        string? average = request.Average ?? (method == "averaged-sgd" ? "suffix" : null);
        if (average is null) return algorithm;
        AverageKind kind = average switch
        {
            "uniform" => AverageKind.Uniform,
            "weighted" => AverageKind.StepSizeWeighted,
            "random" => AverageKind.RandomIterate,
            "suffix" => AverageKind.Suffix,
            _ => throw new UsageException($"--average is '{average}'; expected uniform, weighted, random or suffix."),
        };
        return algorithm switch
        {
            StochasticMethod s => new Averaged<double, IStochasticOracle<double>>(s, kind),
            GradientMethod g => new Averaged<double, IGradientOracle<double>>(g, kind),
            FiniteSumMethod f => new Averaged<double, IFiniteSumOracle<double>>(f, kind),
            _ => throw new UsageException($"--average does not fit --method {method}, whose last iterate is its best."),
        };
    }

    static int BatchOf(FitRequest request, string method, int n)
    {
        if (request.Batch is null) return Math.Min(n, method is "sgd" or "averaged-sgd" or "svrg" ? 1 : 32);
        if (!int.TryParse(request.Batch, NumberStyles.None, CultureInfo.InvariantCulture, out int b) || b < 1)
            throw new UsageException($"--batch is '{request.Batch}'; expected a number of examples ≥ 1, or full.");
        return Math.Min(b, n);
    }

    static SampleOrder OrderOf(FitRequest request, string method) => request.Order switch
    {
        "shuffle" => method == "svrg" ? SampleOrder.Replacement : SampleOrder.Shuffle,
        "shuffle-once" => SampleOrder.ShuffleOnce,
        "sequential" => SampleOrder.Sequential,
        "replacement" => SampleOrder.Replacement,
        _ => throw new UsageException($"--order is '{request.Order}'; expected shuffle, shuffle-once, sequential or replacement."),
    };

    // Smoothness of a batch gradient in mean: between that of one example (B = 1) and that of the sum.
    static double BatchSmoothness(ProblemConstants c, int batch, int n) =>
        c.Smoothness + ((c.SampleSmoothness - c.Smoothness) / batch * (n - batch) / Math.Max(1, n - 1.0));

    static (double Eta, string Why) StepSizeOf(FitRequest request, string method, double smoothness, ProblemConstants c, bool stochastic)
    {
        if (request.LearningRate != "auto")
        {
            if (!double.TryParse(request.LearningRate, NumberStyles.Float, CultureInfo.InvariantCulture, out double given) || !(given > 0) || !double.IsFinite(given))
                throw new UsageException($"--lr is '{request.LearningRate}'; expected a positive number or auto.");
            return (given, "given");
        }
        string l = stochastic ? "H of a batch" : "H";
        return method switch
        {
            "adam" => (1e-3, "published default; Adam's scale does not come from the smoothness"),
            "rmsprop" or "amsgrad" or "sign" => (1e-3, "usual default; its scale is that of the parameters, not of the smoothness"),
            "adagrad" => (0.1, "c, usual default; its scale is that of the parameters, not of the smoothness"),
            "normalised" or "storm" => (1e-2, "length of every step"),
            "adagrad-norm" or "ema-norm" or "ema-norm-corrected" => (1, "c, in the unit of the parameters"),
            // The first step divides by ε alone; c = ε/H keeps it at 1/H.
            "adagrad-norm-delayed" => (1e-4 / smoothness, $"c = ε/H, {l} ≈ {Text.Number(smoothness)}"),
            "svrg" => (1 / (3 * smoothness), $"1/(3H), {l} ≈ {Text.Number(smoothness)}"),
            "heavy-ball" when stochastic => ((1 - (request.Momentum ?? 0.9)) / smoothness, $"(1−β)/H, {l} ≈ {Text.Number(smoothness)}"),
            "nesterov" when stochastic => ((1 - (request.Momentum ?? 0.9)) / smoothness, $"(1−β)/H, {l} ≈ {Text.Number(smoothness)}"),
            _ => (1 / smoothness, $"1/H, {l} ≈ {Text.Number(smoothness)}"),
        };
    }

    static double DefaultMomentum(string method, ProblemConstants c, bool stochastic)
    {
        if (method != "nesterov" || stochastic || c.StrongConvexity <= 0) return 0.9;
        double root = Math.Sqrt(c.Smoothness / c.StrongConvexity);
        return (root - 1) / (root + 1);
    }

    static IStepSize ScheduleOf(FitRequest request, string method, double eta, long perEpoch, long totalSteps, ProblemConstants c, double smoothness)
    {
        if (request.Schedule is { } text) return ScheduleText.Parse(text, eta, perEpoch, totalSteps, c.StrongConvexity, smoothness);
        if (method is not ("sgd" or "averaged-sgd") || request.LearningRate != "auto") return new Constant(eta);
        // Decaying steps are what makes plain SGD converge: 1/(μ(t + H/μ)) where μ is certain, 1/√t otherwise.
        if (c.StrongConvexity > 0 && method == "sgd") return new StronglyConvex(c.StrongConvexity, smoothness);
        return new Power(eta, 0.5);
    }

    // Some five million gradients take a second; small data sets get more passes for it.
    static double DefaultEpochs(string method, int n) =>
        method == "svrg" ? 900 : Catalogue.Find(method)!.CanSample ? Math.Clamp(5_000_000 / n, 30, 300) : 10_000;

    static long DefaultSteps(string method, double? epochs) => epochs is not null ? long.MaxValue : method switch
    {
        "newton" => 200,
        "interior-point" => 200,
        "lbfgs" or "bfgs" => 10_000,
        _ => 5_000,
    };

    // Where a Hessian can be formed certificates resolve the rounding level; elsewhere the dual at the iterate itself is what there is.
    static double DefaultGap(string method, int parameters) => method switch
    {
        "lbfgs" or "bfgs" or "svrg" when parameters > MethodChoice.LargestMatrix => 1e-7,
        "newton" or "interior-point" => 0,
        "lbfgs" or "bfgs" => 1e-13,
        // Tight enough for coefficients to four digits on problems with a condition number like n.
        "svrg" => 3e-13,
        "fista" or "gd" or "line-search" or "exact-line-search" => 1e-9,
        _ => 0,
    };
}
