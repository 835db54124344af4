using Descent.Fitting.Design;
using Descent.Fitting.Fits;

namespace Descent.Fitting.Tests.Paths;

/// <summary>Folds of rows in the order of time: none is tested on before its training rows.</summary>
public class TimeFoldsTests
{
    static LoadedData Data(double[] labels, bool classes = false) => new()
    {
        Source = "arrays",
        Format = "arrays",
        Features = [],
        Count = labels.Length,
        Labels = labels,
        Target = "y",
        Lines = [],
        Family = classes ? ModelFamilies.Logistic : ModelFamilies.Linear,
        Classes = classes ? ["no", "yes"] : null,
    };

    // scikit-learn 1.2.1: [(len(a), b[0], b[-1]) for a, b in TimeSeriesSplit(k).split(range(n))]
    [Theory]
    [InlineData(11, 3, "5 5 6;7 7 8;9 9 10")]
    [InlineData(12, 5, "2 2 3;4 4 5;6 6 7;8 8 9;10 10 11")]
    [InlineData(10, 4, "2 2 3;4 4 5;6 6 7;8 8 9")]
    [InlineData(23, 2, "9 9 15;16 16 22")]
    public void Parts_are_those_of_scikit_learn(int rows, int folds, string wanted)
    {
        (int[] Train, int[] Held)[] cut = Folds.InTime(Data(new double[rows]), [.. Enumerable.Range(0, rows)], folds);
        Assert.Equal(wanted, string.Join(';', cut.Select(f => $"{f.Train.Length} {f.Held[0]} {f.Held[^1]}")));
        Assert.All(cut, f => Assert.True(f.Train.Max() < f.Held.Min()));
        Assert.All(cut, f => Assert.Equal(Enumerable.Range(0, f.Train.Length), f.Train));
    }

    [Fact]
    public void Too_few_rows_and_late_classes_are_said()
    {
        Assert.Contains("4 folds need 5 parts of the rows, and there are 4 rows to cut", Assert.Throws<FitException>(() =>
            Folds.InTime(Data(new double[4]), [0, 1, 2, 3], 4)).Message, StringComparison.Ordinal);
        Assert.Contains("the first part of the rows lacks a class", Assert.Throws<FitException>(() =>
            Folds.InTime(Data([0, 0, 0, 0, 1, 1], true), [0, 1, 2, 3, 4, 5], 2)).Message, StringComparison.Ordinal);
    }

    // The loss jumps for the last quarter of the rows: only a split in time sees it whole.
    [Fact]
    public void A_path_a_search_and_a_plain_split_keep_the_order()
    {
        const int N = 40;
        double[][] x = [.. Enumerable.Range(0, N).Select(i => new[] { Math.Sin(i), Math.Cos(3 * i) })];
        double[] y = [.. Enumerable.Range(0, N).Select(i => x[i][0] + (i < 30 ? 0 : 100))];
        string file = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "t.csv");
        File.WriteAllLines(file, ["a,b,y", .. Enumerable.Range(0, N)
            .Select(i => FormattableString.Invariant($"{x[i][0]:R},{x[i][1]:R},{y[i]:R}"))]);
        FitSpec spec = new(new DataSpec([file]) { Target = "y" }, new ModelSpec { Family = ModelFamilies.Linear }) { InTime = true };
        Assert.Equal(5000, Fit.Of(spec with { HoldOut = 0.25 }).HeldOut!.MeanLoss, 1e-6);
        // The first three of four parts hold no jump before the last; the fourth is off by 100.
        PathFit path = Fit.Of(spec with { Path = new PathSpec { Count = 3, Folds = 3, Ratio = 1e-6 } }).Walked!;
        Assert.Equal(5000.0 / 3, path.Points[^1].FoldLoss!.Value, 0.1);
        FitException none = Assert.Throws<FitException>(() => Fit.Of(spec));
        Assert.Contains("says which rows are held out, and none are", none.Message, StringComparison.Ordinal);
    }
}
