using Descent.Data;
using Descent.Fitting.Design;
using Descent.Fitting.Fits;
using Descent.Fitting.Search;

namespace Descent.Fitting.Tests.Design;

/// <summary>What is filled in is taken from the rows that train alone, in folds as in a plain split.</summary>
public class MissingFoldTests
{
    const int Rows = 40;
    readonly string file = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "gaps.csv");
    readonly double[] x = new double[Rows], z = new double[Rows], y = new double[Rows];

    // Every fourth x is missing, and those that are there are far from each other, so that any row more or less moves their median.
    public MissingFoldTests()
    {
        for (int i = 0; i < Rows; i++)
        {
            x[i] = i % 4 == 1 ? double.NaN : (i * i % 97) + (0.25 * i);
            z[i] = (i * 7 % 13) - 6;
            y[i] = (0.02 * (i * i % 97)) + (0.3 * z[i]) + (i * 5 % 7);
        }
        File.WriteAllLines(file, ["x,z,y", .. Enumerable.Range(0, Rows)
            .Select(i => FormattableString.Invariant($"{(double.IsNaN(x[i]) ? "" : $"{x[i]:R}")},{z[i]:R},{y[i]:R}"))]);
    }

    FitSpec Spec(MissingPolicy policy, bool formula = false) => new(new DataSpec([file])
    {
        Target = formula ? null : "y",
        Formula = formula ? Formula.Parse("y ~ log(x + 1) + z") : null,
        Missing = policy,
    }, new ModelSpec { Family = ModelFamilies.Linear, L2 = 0.1 });

    double Middle(int[] rows, MissingPolicy policy)
    {
        double[] there = [.. rows.Select(i => x[i]).Where(v => !double.IsNaN(v)).Order()];
        if (policy == MissingPolicy.Mean) return there.Average();
        return there.Length % 2 == 1 ? there[there.Length / 2] : (there[(there.Length / 2) - 1] + there[there.Length / 2]) / 2;
    }

    [Theory]
    [InlineData(MissingPolicy.Mean, false)]
    [InlineData(MissingPolicy.Median, false)]
    [InlineData(MissingPolicy.Median, true)]
    public void A_fold_is_filled_from_its_own_rows(MissingPolicy policy, bool formula)
    {
        LoadedData all = DataLoader.Load(Spec(policy, formula));
        int[] half = [.. Enumerable.Range(0, Rows / 2)], whole = [.. Enumerable.Range(0, Rows)];
        Assert.NotEqual(Middle(half, policy), Middle(whole, policy));
        foreach ((LoadedData data, int[] rows) in new[] { (all, whole), (all.For(half), half), (all, whole) })
            foreach (int i in whole)
            {
                double wanted = double.IsNaN(x[i]) ? Middle(rows, policy) : x[i];
                Assert.Equal(formula ? Math.Log(wanted + 1) : wanted, data.Dense!.Value.Array![i * 2], 1e-12);
            }
    }

    [Fact]
    public void The_losses_of_a_path_are_those_of_folds_filled_by_hand()
    {
        FitSpec spec = Spec(MissingPolicy.Median);
        spec = spec with { Model = spec.Model with { L2 = 0 }, Path = new PathSpec { Count = 5, L1Ratio = 0.5, Folds = 4 } };
        PathPoint point = Fit.Of(spec).Walked!.Points[2];
        LoadedData data = DataLoader.Load(spec);
        double loss = 0;
        foreach (var (train, held) in Folds.Of(data, [.. Enumerable.Range(0, Rows)], 4, spec.Seed))
        {
            double Filled(int i) => double.IsNaN(x[i]) ? Middle(train, MissingPolicy.Median) : x[i];
            Fit fit = Fit.Linear([.. train.Select(i => new[] { Filled(i), z[i] })], [.. train.Select(i => y[i])],
                new FitOptions { L1 = point.Lambda / 2, L2 = point.Lambda / 2 });
            loss += held.Sum(i => Math.Pow(y[i] - fit.Predict([Filled(i), z[i]]), 2)) / 2 / Rows;
        }
        Assert.Equal(loss, point.FoldLoss!.Value, 1e-6);
    }

    // One fold is the rows that HoldOut holds out, for which a fit fills from the others.
    [Fact]
    public void A_search_sees_what_a_fit_with_held_out_rows_sees()
    {
        FitSpec spec = Spec(MissingPolicy.Median) with { HoldOut = 0.4 };
        SearchDimension dimension = SearchDimension.Parse("l2", "0.1..0.2")!;
        Tuner tuner = new(spec, DataLoader.Load(spec with { HoldOut = 0 }), [dimension], 1, new TrialLog(null, "search", ["l2"]), default);
        tuner.Search("random", 1);
        Trial trial = tuner.Trials.Single();
        Fit fit = Fit.Of(spec with { Model = spec.Model with { L2 = trial.Values[0] } });
        Assert.Equal(fit.HeldOut!.MeanLoss, trial.Score, 1e-9);
    }
}
