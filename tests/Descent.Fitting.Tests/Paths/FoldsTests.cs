using Descent.Fitting.Design;

namespace Descent.Fitting.Tests.Paths;

/// <summary>Folds: every row once, classes dealt out, groups whole.</summary>
public class FoldsTests
{
    static LoadedData Data(double[] labels, bool classes, int[]? groups = null) => new()
    {
        Source = "arrays",
        Format = "arrays",
        Features = [],
        Count = labels.Length,
        Labels = labels,
        Groups = groups,
        Target = "y",
        Lines = [],
        Family = classes ? ModelFamilies.Logistic : ModelFamilies.Linear,
        Classes = classes ? ["no", "yes"] : null,
    };

    static int[] All(int n) => [.. Enumerable.Range(0, n)];

    [Fact]
    public void Every_row_is_held_out_once_and_classes_are_dealt_out_evenly()
    {
        LoadedData data = Data([.. All(103).Select(i => i % 5 == 0 ? 1.0 : 0)], true);
        (int[] Train, int[] Held)[] folds = Folds.Of(data, All(103), 4, 7);
        Assert.Equal(All(103), folds.SelectMany(f => f.Held).Order());
        Assert.All(folds, f => Assert.Equal(All(103), f.Held.Concat(f.Train).Order()));
        // 21 of one class and 82 of the other over 4 folds.
        Assert.All(folds, f => Assert.InRange(f.Held.Count(i => i % 5 == 0), 5, 6));
        Assert.All(folds, f => Assert.InRange(f.Held.Length, 25, 26));
        Assert.NotEqual(folds[0].Held, Folds.Of(data, All(103), 4, 8)[0].Held);
    }

    [Fact]
    public void Groups_are_not_cut_and_the_folds_stay_even()
    {
        int[] groups = [.. All(90).Select(i => i < 30 ? 0 : 1 + (i % 12))];
        (int[] Train, int[] Held)[] folds = Folds.Of(Data(new double[90], false, groups), All(90), 3, 1);
        foreach (var (train, held) in folds) Assert.Empty(held.Select(i => groups[i]).Intersect(train.Select(i => groups[i])));
        Assert.All(folds, f => Assert.Equal(30, f.Held.Length));
    }

    [Fact]
    public void What_cannot_be_cut_is_said()
    {
        Assert.Equal("`CrossValidate` is 10, and there are 9 rows to cut.", Fault(() =>
            Folds.Of(Data(new double[9], false), All(9), 10, 1)));
        Assert.Equal("`CrossValidate` is 4, and `Groups` has 3 groups, none of which is cut.", Fault(() =>
            Folds.Of(Data(new double[9], false, [0, 0, 0, 1, 1, 1, 2, 2, 2]), All(9), 4, 1)));
        Assert.Equal("`CrossValidate`: all rows of class yes lie in one fold, so that the others cannot learn it. Leave the class out, "
            + "or use other folds.",
            Fault(() => Folds.Of(Data([0, 0, 0, 0, 0, 0, 0, 0, 1], true), All(9), 3, 1)));
    }

    static string Fault(Action act) => Assert.Throws<FitException>(act).Message;
}
