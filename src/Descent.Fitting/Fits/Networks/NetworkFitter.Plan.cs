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
        NetworkSpec n = spec.Model.Network!;
        if (n.Kind == "mlp") return new Mlp([data.Columns, .. n.Hidden, outputs], n.Activation);
        if (data.Image.Length != 2)
            throw new FitException("`Family = cnn` needs images, an IDX file of three dimensions; use `Family = mlp` for rows.");
        try
        {
            return new Cnn([data.Image[0], data.Image[1], 1], [.. n.Hidden], outputs);
        }
        catch (ArgumentException e)
        {
            throw new FitException(e.Message);
        }
    }

    // Options of linear models that a network does not have are misunderstandings, not something to pass over.
    void Refuse()
    {
        foreach (var (given, option, why) in new[]
        {
            (spec.Model.L1 > 0, "`L1`", "its objective is handled as a smooth one"),
            (!spec.Model.Intercept, "`Intercept = false`", "its biases are part of it"),
            (spec.Model.PenaliseIntercept, "`PenaliseIntercept = true`", "penalties leave biases alone"),
            (spec.Budget.Gap > 0, "`Gap`", "nothing bounds the gap of a non-convex objective; use `GradientTolerance` or `Tolerance`"),
            (data.Weights is not null, "example weights", "its loss is the plain mean"),
            (data.Offset?.Column is not null, "`Offset`", "its margin is the network's own"),
            (data.Offset?.Terms is not null, "offset() in `Formula`", "its margin is the network's own"),
            (data.Offsets is not null && data.Offset?.Terms is null, "`Exposure`", "its margin is the network's own"),
            (spec.Model.EstimatesDispersion, "`Dispersion`", "it has no standard errors"),
            (spec.Method.Average is not null, "`Average`", "weights of a network are not averaged here"),
        })
            if (given) throw new FitException($"{option} means nothing to `Family = {spec.Model.Network!.Kind}`: {why}.");
    }

    // Pixels come scaled from the reader; other columns are centred and scaled.
    (double[] Rows, Scaling? Scaling) Scaled()
    {
        if (data.Format == "IDX" && !spec.Model.Standardise) return (data.Whole, null);
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
        return Math.Min(train.Length, spec.Method.Batch ?? DefaultBatch);
    }

    (IDescribed Method, IReadOnlyList<string> Values) Plan(Sampling sampling, int batch)
    {
        MethodSettings settings = new(entry)
        {
            Sampling = samples ? sampling : null,
            Given = spec.Method.Numbers,
            Count = train.Length,
            Workers = PartWorkers,
            Compression = spec.Method.Compression,
            Parts = spec.Method.MicroBatches,
            PartWorkers = PartWorkers,
        };
        foreach (var (name, value) in spec.Method.Numbers)
        {
            MethodParameter? number = entry.Parameters.FirstOrDefault(p => p.Name == name);
            if (number is null)
                throw new FitException($"{Planner.Number(name)} means nothing to `Method = {entry.Name}`. Leave it out, or choose a "
                    + $"method that has it.");
            if (!number.Allows(value))
                throw new FitException(FormattableString.Invariant(
                    $"{Planner.Number(name)} is {value}; expected {number.Symbol} of {entry.Name} in {number.Range}."));
        }
        List<string> values = [];
        if (entry.Step is { } step)
        {
            double eta;
            string why;
            if (step.FromSmoothness) settings = settings with { Smoothness = curvature = Curvature() };
            if (spec.Method.StepSize is { } given) (eta, why) = (given, "given");
            else
            {
                (eta, why) = (step.Of(settings), step.FromSmoothness
                    ? $"{step.Why}, H ≈ {Text.Number(settings.Smoothness)} at the start, by power iteration" : step.Why);
            }
            if (spec.Method.Schedule is { IsTheory: true })
                throw new FitException("`Schedule = theory` needs constants that a network does not have; give `StepSize` or another "
                    + "schedule.");
            ownStep = step.Of(settings);
            IStepSize schedule = spec.Method.Schedule is { } asked
                ? ScheduleBuilder.Build(asked, eta, perEpoch, maxSteps, 0, settings.Smoothness, batch) : new Constant(eta);
            settings = settings with { StepSize = schedule };
            values.Add($"η₀ = {Text.Number(schedule.Next(new StepInfo(0)))} ({why})");
        }
        else if (spec.Method.StepSize is not null || spec.Method.Schedule is not null)
        {
            throw new FitException($"`StepSize` and `Schedule` mean nothing to `Method = {entry.Name}`, which finds its own step size.");
        }
        if (samples) values.Add($"batch {batch}, {Text.Plural(perEpoch, "step")} an epoch");
        values.Add($"seed {spec.Seed}, {spec.Model.Network!.Initialisation.ToString().ToLowerInvariant()} initialisation, "
            + $"single precision, {Text.Plural(threads, "thread")}");
        try
        {
            IDescribed method = settings.Build();
            CompressionText.RequireUse(settings, method);
            if (CompressionText.Of<float>(settings, objective.Dimension) is { } travels) values.Add(travels);
            return (method, values);
        }
        catch (ArgumentException e)
        {
            throw new FitException(e.Message);
        }
    }

    // The largest curvature at the start, on at most 1024 rows.
    double Curvature()
    {
        DifferentiableObjective<float> part = Part();
        Draws draws = new(spec.Seed, 8);
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
