using System.Globalization;
using Descent.Algorithms;
using Descent.Autodiff;
using Descent.Autodiff.Networks;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Fitting.Fits;

// What is fixed before the first step: rows, network, method and step size.
sealed partial class NetworkFitter
{
    INetwork Build(int outputs)
    {
        NetworkRequest n = request.Network!;
        if (n.Kind == "mlp") return new Mlp([data.Columns, .. n.Hidden, outputs], n.Activation);
        if (data.Image.Length != 2) throw new UsageException("--model cnn needs images, an IDX file of three dimensions; use --model mlp for rows.");
        try
        {
            return new Cnn([data.Image[0], data.Image[1], 1], n.Hidden, outputs);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    // Options of linear models that a network does not have are misunderstandings, not something to pass over.
    void Refuse()
    {
        foreach (var (given, option, why) in new[]
        {
            (request.L1 > 0, "--l1", "its objective is handled as a smooth one"),
            (request.NoIntercept, "--no-intercept", "its biases are part of it"),
            (request.PenaliseIntercept, "--penalize-intercept", "penalties leave biases alone"),
            (request.Gap > 0, "--gap", "nothing bounds the gap of a non-convex objective; use --grad-tol or --tol"),
            (data.Weights is not null, "example weights", "its loss is the plain mean"),
            (request.Dispersion != "fixed", "--dispersion", "it has no standard errors"),
            (request.Average is not null, "--average", "weights of a network are not averaged here"),
        })
            if (given) throw new UsageException($"{option} means nothing to --model {request.Network!.Kind}: {why}.");
    }

    // Pixels come scaled from the reader; other columns are centred and scaled.
    (double[] Rows, Scaling? Scaling) Scaled()
    {
        if (data.Format == "IDX" && !request.Standardize) return (data.Whole, null);
        int d = data.Columns;
        double[] all = (double[])data.Whole.Clone(), own = new double[(long)train.Length * d];
        for (int i = 0; i < train.Length; i++) all.AsSpan(train[i] * d, d).CopyTo(own.AsSpan(i * d));
        Scaling s = Scaling.Dense(own, train.Length, d, null, true);
        for (int i = 0; i < data.Count; i++)
            for (int j = 0; j < d; j++) all[(i * d) + j] = (all[(i * d) + j] - s.Means[j]) / s.Deviations[j];
        return (all, s);
    }

    int Batch()
    {
        if (request.Batch is null) return Math.Min(train.Length, DefaultBatch);
        if (!int.TryParse(request.Batch, NumberStyles.None, CultureInfo.InvariantCulture, out int b) || b < 1)
            throw new UsageException($"--batch is '{request.Batch}'; expected a number of examples ≥ 1, or full.");
        return Math.Min(b, train.Length);
    }

    (IDescribed Method, IReadOnlyList<string> Values) Plan(Sampling sampling, int batch)
    {
        MethodSettings settings = new(entry) { Sampling = samples ? sampling : null, Given = request.Numbers, Count = train.Length };
        foreach (var (name, value) in request.Numbers)
        {
            MethodParameter? number = entry.Parameters.FirstOrDefault(p => p.Name == name);
            if (number is null) throw new UsageException($"{FitRequest.OptionOf(name)} means nothing to --method {entry.Name}. Leave it out, or choose a method that has it.");
            if (!number.Allows(value)) throw new UsageException(FormattableString.Invariant($"{FitRequest.OptionOf(name)} is {value}; expected {number.Symbol} of {entry.Name} in {number.Range}."));
        }
        List<string> values = [];
        if (entry.Step is { } step)
        {
            double eta;
            string why;
            if (step.FromSmoothness) settings = settings with { Smoothness = curvature = Curvature() };
            if (request.LearningRate != "auto")
            {
                if (!double.TryParse(request.LearningRate, NumberStyles.Float, CultureInfo.InvariantCulture, out eta) || !(eta > 0) || !double.IsFinite(eta))
                    throw new UsageException($"--lr is '{request.LearningRate}'; expected a positive number or auto.");
                why = "given";
            }
            else
            {
                (eta, why) = (step.Of(settings), step.FromSmoothness ? $"{step.Why}, H ≈ {Text.Number(settings.Smoothness)} at the start, by power iteration" : step.Why);
            }
            if (request.Schedule == "theory") throw new UsageException("--schedule theory needs constants that a network does not have; give --lr or another schedule.");
            DefaultStep = step.Of(settings);
            IStepSize schedule = request.Schedule is { } text ? ScheduleText.Parse(text, eta, perEpoch, maxSteps, 0, settings.Smoothness, batch) : new Constant(eta);
            settings = settings with { StepSize = schedule };
            values.Add($"η₀ = {Text.Number(schedule.Next(new StepInfo(0)))} ({why})");
        }
        else if (request.LearningRate != "auto" || request.Schedule is not null)
        {
            throw new UsageException($"--lr and --schedule mean nothing to --method {entry.Name}, which finds its own step size.");
        }
        if (samples) values.Add($"batch {batch}, {Text.Plural(perEpoch, "step")} an epoch");
        values.Add($"seed {request.Seed}, {request.Network!.Initialisation.ToString().ToLowerInvariant()} initialisation, single precision, {Text.Plural(threads, "thread")}");
        try
        {
            return (settings.Build(), values);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    // The largest curvature at the start, on at most 1024 rows.
    double Curvature()
    {
        DifferentiableObjective<float> part = Part();
        Draws draws = new(request.Seed, 8);
        float[] v = [.. start.Select(_ => (float)draws.NextNormal())], hv = new float[start.Length];
        double size = 1;
        for (int k = 0; k < 20; k++)
        {
            Vectors.Scale((float)(1 / Vectors.Norm<float>(v)), v.AsSpan());
            part.HessianProduct(start, v, hv);
            size = Vectors.Norm<float>(hv);
            if (!(size > 0)) return 1;
            hv.CopyTo(v, 0);
        }
        return size;
    }
}
