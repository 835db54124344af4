using System.Globalization;
using System.Security.Cryptography;
using Descent.Fitting;
using Descent.Fitting.Families;
using Descent.Latent;
using Descent.Mixtures;

namespace Descent.MpiBench;

/// <summary>Fits by one method after another in ranks, and in one process for comparison: a line a fit, with the digest of its model
/// file.</summary>
public static class Fits
{
    /// <summary>"sgd 0123…" for every fit.</summary>
    /// <param name="ranks">The ranks; null for this process alone.</param>
    /// <param name="sparse">A LIBSVM file with two classes.</param>
    /// <param name="table">A CSV file with the same rows and a column y.</param>
    /// <param name="names">Which fits, with commas between them: sgd, adam, svrg, lbfgs, newton, softmax, mlp, em; fast-newton (the engine
    /// adds up) gives its coefficients instead, server (one rank serves) its gradients, how it ended, and what weights missed.</param>
    /// <exception cref="InvalidOperationException">Two ranks do not have the same model.</exception>
    public static IEnumerable<string> Lines(IRankGroup? ranks, string sparse, string table, string names)
    {
        FitSpec svm = new(new DataSpec([sparse]), new ModelSpec { Family = ModelFamilies.Logistic }) { Ranks = ranks },
            csv = new(new DataSpec([table]) { Target = "y" }, new ModelSpec { Family = ModelFamilies.Softmax }) { Ranks = ranks };
        (string Name, FitSpec Spec)[] all =
        [
            ("sgd", svm with { Method = new() { Name = "sgd", Batch = 256, MicroBatches = 4 }, Budget = new() { Epochs = 2 } }),
            ("adam", svm with
            {
                Method = new() { Name = "adam", Batch = 512, MicroBatches = 5 },
                Budget = new() { Epochs = 2 },
                HoldOut = 0.1
            }),
            ("svrg", svm with { Method = "svrg", Budget = new() { Epochs = 6 } }),
            ("lbfgs", svm with { Method = "lbfgs" }),
            ("newton", svm with { Method = "newton" }),
            ("softmax", csv with { Model = csv.Model with { L2 = 0.01 }, Method = "lbfgs" }),
            ("fast-newton", svm with { Method = "newton", FastSum = true }),
            ("server", Served(svm, ranks)),
            ("mlp", csv with
            {
                Model = csv.Model with { Network = new("mlp", [16]) },
                Method = new() { Name = "adam", Batch = 128, MicroBatches = 4 },
                Budget = new() { Epochs = 1 }
            }),
        ];
        string[] wanted = names.Split(',');
        if (wanted.Contains("em")) yield return "em " + Mixture(ranks);
        foreach (var (name, spec) in all.Where(f => wanted.Contains(f.Name)))
        {
            Fit fit = Fit.Of(spec);
            yield return $"{name} " + name switch
            {
                "fast-newton" => string.Join(' ', fit.Coefficients.Select(c => c.Estimate.ToString("R", CultureInfo.InvariantCulture))),
                "server" => $"{fit.Trace[^1].Gradients} {fit.Outcome.Kind} {fit.Outcome.Sentence}",
                _ => Digest(fit, ranks),
            };
        }
    }

    // Ten steps of EM for two normals in the plane: 2,100 rows make five shards of 512.
    static string Mixture(IRankGroup? ranks)
    {
        double[] x = [.. Enumerable.Range(0, 2100).SelectMany(i => new[] { Math.Sin(i * 1.3) + (i % 2 * 4), Math.Cos(i * 0.7) })];
        GaussianMixture model = new(x, 2, 2);
        double[] from = new double[model.Parameters], to = new double[model.Parameters];
        if (!model.Start(new Draws(1), from)) throw new InvalidOperationException("The mixture has no start.");
        using Workers workers = new(1, ranks);
        EmMap map = new(model, workers);
        double merit = 0;
        for (int k = 0; k < 10; k++)
        {
            merit = map.MapWithMerit(from, to);
            (from, to) = (to, from);
        }
        return string.Join(' ', from.Append(merit).Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
    }

    // In one process synchronous rounds of two simulated workers; in ranks real delays, (2s + 1)(M − 1) of them at most, 8 or fewer.
    static FitSpec Served(FitSpec spec, IRankGroup? ranks) => spec with
    {
        Model = spec.Model with { L2 = 0.1 },
        Method = new()
        {
            Name = "parameter-server",
            Batch = 4000,
            StepSize = 0.3,
            Numbers = ranks is not { Size: > 2 } ? new Dictionary<string, double> { ["workers"] = 2, ["slack"] = 0 }
                : new Dictionary<string, double> { ["servers"] = 1, ["slack"] = ranks.Size == 3 ? 3 : 1 },
        },
        Budget = new() { Gap = 2e-3, Epochs = 60 },
    };

    static string Digest(Fit fit, IRankGroup? ranks)
    {
        string folder = Directory.CreateTempSubdirectory("descent-fits").FullName;
        try
        {
            fit.Save(Path.Combine(folder, "m.json"));
            byte[] mine = SHA256.HashData([.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes)]);
            byte[] first = [.. mine];
            ranks?.Broadcast(first, 0);
            if (!first.AsSpan().SequenceEqual(mine)) throw new InvalidOperationException($"Rank {ranks!.Rank} has another model.");
            return Convert.ToHexString(mine);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
