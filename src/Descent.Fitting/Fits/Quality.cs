using MathNet.Numerics;

namespace Descent.Fitting.Fits;

/// <summary>Measures of a fit from margins and labels, shared by fit and evaluate.</summary>
static class Quality
{
    public static FitQuality Measure(string model, ReadOnlySpan<double> z, ReadOnlySpan<double> y, double[]? weights, int outputs, bool reference, double tau, double delta, int parameters) => model switch
    {
        "softmax" => Softmax(z, y, weights, outputs, reference, parameters),
        "logistic" => Logistic(z, y, weights, parameters),
        "hinge" => Hinge(z, y, weights),
        "poisson" => Poisson(z, y, weights, parameters),
        _ => Regression(model, z, y, weights, tau, delta, parameters),
    };

    /// <summary>The same with the standard error of the mean loss, for rows that the fit has not seen.</summary>
    public static FitQuality Unseen(string model, double[] z, double[] y, double[]? weights, int outputs, bool reference, double tau, double delta, int parameters)
    {
        FitQuality q = Measure(model, z, y, weights, outputs, reference, tau, delta, parameters);
        double total = 0, squares = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double w = weights?[i] ?? 1, r = w * (Measure(model, z.AsSpan(i * outputs, outputs), y.AsSpan(i, 1), null, outputs, reference, tau, delta, parameters).MeanLoss - q.MeanLoss);
            total += w;
            squares += r * r;
        }
        return q with { MeanLossError = y.Length > 1 ? Math.Sqrt(squares * y.Length / (y.Length - 1.0)) / total : null };
    }

    /// <summary>The class with the largest probability; the margins of the reference class are 0.</summary>
    public static int Predict(ReadOnlySpan<double> z, bool reference)
    {
        int best = reference ? -1 : 0;
        double top = reference ? 0 : z[0];
        for (int k = reference ? 0 : 1; k < z.Length; k++)
            if (z[k] > top) (best, top) = (k, z[k]);
        return best + (reference ? 1 : 0);
    }

    /// <summary>Class probabilities, the reference class first when there is one.</summary>
    public static void Probabilities(ReadOnlySpan<double> z, bool reference, Span<double> p)
    {
        int shift = reference ? 1 : 0;
        if (reference) p[0] = 0;
        z.CopyTo(p[shift..]);
        double top = p[0], sum = 0;
        foreach (double v in p) top = Math.Max(top, v);
        for (int k = 0; k < p.Length; k++) sum += p[k] = Elementary.Exp(p[k] - top);
        for (int k = 0; k < p.Length; k++) p[k] /= sum;
    }

    /// <summary>The same with other degrees of freedom, after rows and parameters that say nothing of each other were set apart.</summary>
    public static FitQuality WithDegrees(FitQuality q, int degrees)
    {
        if (q.Dispersion is not { } phi) return q with { Degrees = degrees };
        double pearson = phi * q.Degrees;
        return q with { Degrees = degrees, Dispersion = degrees > 0 ? pearson / degrees : null, DispersionP = degrees > 0 ? SpecialFunctions.GammaUpperRegularized(degrees / 2.0, pearson / 2) : null };
    }

    static FitQuality Logistic(ReadOnlySpan<double> z, ReadOnlySpan<double> y, double[]? weights, int parameters)
    {
        double loss = 0, total = 0, positive = 0;
        int[][] confusion = [new int[2], new int[2]];
        for (int i = 0; i < y.Length; i++)
        {
            double w = weights?[i] ?? 1;
            Elementary.LogisticOne(z[i], y[i], out double v);
            loss += w * v;
            total += w;
            positive += w * y[i];
            confusion[(int)y[i]][z[i] > 0 ? 1 : 0]++;
        }
        double p = positive / total, nullDeviance = p is > 0 and < 1 ? -2 * total * ((p * Math.Log(p)) + ((1 - p) * Math.Log(1 - p))) : 0;
        return Classes(confusion, y.Length, loss / total) with { Degrees = Used(weights, y.Length) - parameters, LogLikelihood = -loss, Deviance = 2 * loss, NullDeviance = nullDeviance, Aic = (2 * loss) + (2 * parameters) };
    }

    static FitQuality Hinge(ReadOnlySpan<double> z, ReadOnlySpan<double> y, double[]? weights)
    {
        double loss = 0, total = 0;
        int[][] confusion = [new int[2], new int[2]];
        for (int i = 0; i < y.Length; i++)
        {
            double w = weights?[i] ?? 1;
            loss += w * Math.Max(0, 1 - (((2 * y[i]) - 1) * z[i]));
            total += w;
            confusion[(int)y[i]][z[i] > 0 ? 1 : 0]++;
        }
        return Classes(confusion, y.Length, loss / total);
    }

    static FitQuality Softmax(ReadOnlySpan<double> z, ReadOnlySpan<double> y, double[]? weights, int outputs, bool reference, int parameters)
    {
        int classes = outputs + (reference ? 1 : 0);
        int[][] confusion = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        double loss = 0, total = 0;
        double[] counts = new double[classes];
        for (int i = 0; i < y.Length; i++)
        {
            ReadOnlySpan<double> zi = z.Slice(i * outputs, outputs);
            double w = weights?[i] ?? 1;
            loss += w * CrossEntropy(zi, (int)y[i] - (reference ? 1 : 0), reference);
            total += w;
            counts[(int)y[i]] += w;
            confusion[(int)y[i]][Predict(zi, reference)]++;
        }
        double nullLoss = 0;
        foreach (double c in counts)
            if (c > 0) nullLoss -= c * Math.Log(c / total);
        return Classes(confusion, y.Length, loss / total) with { Degrees = Used(weights, y.Length) - parameters, LogLikelihood = -loss, Deviance = 2 * loss, NullDeviance = 2 * nullLoss, Aic = (2 * loss) + (2 * parameters) };
    }

    // log Σe^z − z_y as log(1 + Σ e^(z − z_y)) where the own class leads, so that a small loss keeps its digits.
    static double CrossEntropy(ReadOnlySpan<double> z, int own, bool reference)
    {
        double mine = own >= 0 ? z[own] : 0, top = reference ? Math.Max(0, mine) : mine, rest = 0;
        foreach (double v in z) top = Math.Max(top, v);
        if (reference && own >= 0) rest = Math.Exp(-top);
        for (int k = 0; k < z.Length; k++)
            if (k != own) rest += Math.Exp(z[k] - top);
        return top > mine ? top - mine + Math.Log(rest + Math.Exp(mine - top)) : SpecialFunctions.Log1p(rest);
    }

    static FitQuality Classes(int[][] confusion, int count, double loss)
    {
        int right = 0;
        for (int k = 0; k < confusion.Length; k++) right += confusion[k][k];
        return new FitQuality { Count = count, MeanLoss = loss, Accuracy = (double)right / count, Errors = count - right, Confusion = confusion };
    }

    static FitQuality Poisson(ReadOnlySpan<double> z, ReadOnlySpan<double> y, double[]? weights, int parameters)
    {
        double loss = 0, total = 0, likelihood = 0, deviance = 0, mean = 0, nullDeviance = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double w = weights?[i] ?? 1, mu = Math.Exp(z[i]);
            loss += w * (mu - (y[i] * z[i]));
            likelihood += w * ((y[i] * z[i]) - mu - SpecialFunctions.GammaLn(y[i] + 1));
            deviance += 2 * w * ((y[i] > 0 ? y[i] * (Math.Log(y[i]) - z[i]) : 0) - (y[i] - mu));
            total += w;
            mean += w * y[i];
        }
        mean /= total;
        int degrees = Used(weights, y.Length) - parameters, broken = 0;
        double pearson = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double mu = Math.Exp(z[i]), r = y[i] - mu;
            if (y[i] != Math.Floor(y[i])) broken++;
            // As μ falls to 0 at a count of 0 the term falls to 0 with it.
            pearson += (weights?[i] ?? 1) * (r == 0 || (y[i] == 0 && mu == 0) ? 0 : r * r / mu);
        }
        for (int i = 0; i < y.Length; i++) nullDeviance += 2 * (weights?[i] ?? 1) * ((y[i] > 0 ? y[i] * Math.Log(y[i] / mean) : 0) - (y[i] - mean));
        return new FitQuality
        {
            Count = y.Length,
            MeanLoss = loss / total,
            // The probability of a count that is no whole number is 0: there is no likelihood then.
            LogLikelihood = broken == 0 ? likelihood : null,
            Deviance = deviance,
            NullDeviance = nullDeviance,
            Aic = broken == 0 ? (2 * parameters) - (2 * likelihood) : null,
            Degrees = degrees,
            Dispersion = degrees > 0 && double.IsFinite(pearson) ? pearson / degrees : null,
            DispersionP = degrees > 0 && double.IsFinite(pearson) ? SpecialFunctions.GammaUpperRegularized(degrees / 2.0, pearson / 2) : null,
            NotCounts = broken,
        };
    }

    /// <summary>Rows that weigh something: the others are not observations.</summary>
    static int Used(double[]? weights, int count) => weights is null ? count : weights.Count(w => w > 0);

    static FitQuality Regression(string model, ReadOnlySpan<double> z, ReadOnlySpan<double> y, double[]? weights, double tau, double delta, int parameters)
    {
        double total = 0, mean = 0, rss = 0, absolute = 0, spread = 0, loss = 0, size = 0, logs = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double w = weights?[i] ?? 1;
            total += w;
            mean += w * y[i];
        }
        mean /= total;
        for (int i = 0; i < y.Length; i++)
        {
            double w = weights?[i] ?? 1, r = y[i] - z[i], a = Math.Abs(r);
            rss += w * r * r;
            absolute += w * a;
            spread += w * (y[i] - mean) * (y[i] - mean);
            size += w * z[i] * z[i];
            if (w > 0) logs += Math.Log(w);
            loss += w * model switch
            {
                "linear" => 0.5 * r * r,
                "huber" => a <= delta ? 0.5 * r * r : delta * (a - (0.5 * delta)),
                "absolute" => a,
                _ => r >= 0 ? tau * r : (tau - 1) * r,
            };
        }
        FitQuality q = new() { Count = y.Length, MeanLoss = loss / total, Rmse = Math.Sqrt(rss / total), MeanAbsoluteError = absolute / total };
        // Predictions beyond double precision (a run that diverged) have no spread to speak of, and are no fit.
        if (!double.IsFinite(rss)) return q with { Rmse = null, MeanAbsoluteError = null };
        if (model != "linear") return q;
        int used = Used(weights, y.Length), free = used - parameters;
        // R's rule for "essentially perfect fit": a residual variance below 1e-30 of the mean square of the fitted values.
        // As many parameters as rows go through every point: what is left is the rounding of the solver, which is larger than that of one subtraction.
        bool perfect = rss <= (free > 0 ? 1e-30 * free / used : 1e-24) * size;
        return q with
        {
            R2 = spread > 0 ? 1 - (rss / spread) : null,
            Deviance = rss,
            NullDeviance = spread,
            Degrees = free,
            IsPerfect = perfect,
            Sigma = free > 0 ? Math.Sqrt(rss / free) : null,
            // Of independent normal errors with variances σ²/wᵢ at σ² = RSS/n; without residuals it has no maximum.
            LogLikelihood = perfect ? null : -0.5 * ((used * (Math.Log(2 * Math.PI * rss / used) + 1)) - logs),
        };
    }
}
