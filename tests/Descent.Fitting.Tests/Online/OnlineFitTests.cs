using Descent.Fitting.Families;

namespace Descent.Fitting.Tests.Online;

/// <summary>Learning row by row in a program.</summary>
public sealed class OnlineFitTests
{
    static readonly double[][] rows = [.. Enumerable.Range(0, 60).Select(i => new[] { Math.Sin(i), Math.Cos(3.0 * i), i % 2 })];

    static double LabelOf(int i) => Math.Sin(i) + (0.5 * (i % 2)) > 0 ? 1 : 0;

    // w ← w − η h (σ(z) − y)(x, 1), the loss log(1 + e^z) − yz before it, written out.
    [Fact]
    public void Steps_and_losses_are_those_of_the_definition()
    {
        using OnlineFit fit = OnlineFit.Named(ModelFamilies.Logistic, ["a", "b", "c"],
            new FitOptions { Method = new MethodSpec { Name = "sgd", StepSize = 0.3 } });
        double[] w = new double[4];
        double sum = 0, weight = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double y = LabelOf(i), h = 1 + (i % 3), z = w[3];
            for (int j = 0; j < 3; j++) z += w[j] * rows[i][j];
            double expected = Math.Log(1 + Math.Exp(z)) - (y * z), p = 1 / (1 + Math.Exp(-z));
            Assert.Equal(p, fit.Predict(rows[i]), 1e-12);
            Assert.Equal(expected, fit.Learn(rows[i], y, h), 1e-12);
            for (int j = 0; j < 3; j++) w[j] -= 0.3 * h * (p - y) * rows[i][j];
            w[3] -= 0.3 * h * (p - y);
            sum += h * expected;
            weight += h;
        }
        Assert.Equal((rows.Length, weight), (fit.Loss.Rows, fit.Loss.Weight));
        Assert.Equal(sum / weight, fit.Loss.Mean, 1e-12);
    }

    // The penalty is λ/2‖w‖² of every row's objective: w ← w − η((σ − y)x + λw), the intercept free.
    [Fact]
    public void A_penalty_is_part_of_every_row()
    {
        using OnlineFit fit = OnlineFit.Named(ModelFamilies.Logistic, ["a"],
            new FitOptions { Method = new MethodSpec { Name = "sgd", StepSize = 0.5 }, L2 = 0.1 });
        double w = 0, b = 0;
        for (int i = 0; i < 40; i++)
        {
            double x = Math.Sin(i), y = LabelOf(i), p = 1 / (1 + Math.Exp(-((w * x) + b)));
            fit.Learn([x], y);
            (w, b) = (w - (0.5 * (((p - y) * x) + (0.1 * w))), b - (0.5 * (p - y)));
        }
        Assert.Equal(1 / (1 + Math.Exp(-((2 * w) + b))), fit.Predict([2.0]), 1e-12);
    }

    [Fact]
    public void A_row_of_weight_zero_is_predicted_alone()
    {
        using OnlineFit fit = OnlineFit.Numbered(ModelFamilies.Linear, 8);
        fit.Learn([1, 5], [1, 2], 3);
        double before = fit.Predict([5], [1]);
        Assert.Equal(0.5 * (before - 100) * (before - 100), fit.Learn([5], [1], 100, 0), 1e-9);
        Assert.Equal(before, fit.Predict([5], [1]));
        Assert.Equal((2, 1.0), (fit.Loss.Rows, fit.Loss.Weight));
    }

    [Fact]
    public void The_model_predicts_as_the_stream_does_and_stays_as_it_was()
    {
        using OnlineFit fit = OnlineFit.Named(ModelFamilies.Logistic, ["a", "b", "c"], new FitOptions { Method = "ftrl" });
        for (int i = 0; i < 30; i++) fit.Learn(rows[i], LabelOf(i));
        SavedModel model = fit.ToModel();
        double then = model.Predict(rows[7]);
        Assert.Equal(fit.Predict(rows[7]), then, 1e-14);
        for (int i = 30; i < 60; i++) fit.Learn(rows[i], LabelOf(i));
        Assert.Equal(then, model.Predict(rows[7]));
        Assert.NotEqual(then, fit.Predict(rows[7]));
    }

    public static TheoryData<string> Methods => [.. Catalogue.All.Where(e => e.LearnsOnline).Select(e => e.Name)];

    // An entry that says so learns: it takes a step on every row, and the same rows give the same bits.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_that_says_so_learns_from_a_stream(string name)
    {
        CatalogueEntry entry = Catalogue.Find(name)!;
        OnlineFit Run()
        {
            OnlineFit fit = OnlineFit.Named(ModelFamilies.Logistic, ["a", "b", "c"],
                new FitOptions { Method = new MethodSpec { Name = name, StepSize = entry.Step?.FromSmoothness == true ? 0.1 : null } });
            for (int i = 0; i < rows.Length; i++) fit.Learn(rows[i], LabelOf(i));
            return fit;
        }
        using OnlineFit one = Run(), two = Run();
        Assert.False(one.HasDiverged);
        Assert.Equal(one.Predict(rows[0]), two.Predict(rows[0]));
        Assert.NotEqual(0.5, one.Predict(rows[0]));
        Steps steps = new();
        one.Visit(steps);
        Assert.Equal(rows.Length, steps.Taken);
    }

    sealed class Steps : IStateVisitor
    {
        public long Taken { get; private set; } = -1;

        public void Buffer<T>(string name, Span<T> values)
            where T : unmanaged
        {
        }

        public void Number(string name, ref double value)
        {
        }

        public void Number(string name, ref long value)
        {
            if (name == "step") Taken = value;
        }
    }

    [Theory]
    [InlineData("svrg", "cannot learn from a stream")]
    [InlineData("local-sgd", "cannot learn from a stream")]
    [InlineData("averaged-sgd", "cannot learn from a stream")]
    [InlineData("accumulated-sgd", "cannot learn from a stream")]
    [InlineData("sgd", "give `StepSize`")]
    public void Methods_that_need_more_than_a_row_say_so(string method, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<FitException>(() =>
            OnlineFit.Named(ModelFamilies.Logistic, ["a"], new FitOptions { Method = method })).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_row_is_refused_and_nothing_learnt()
    {
        using OnlineFit fit = OnlineFit.Numbered(ModelFamilies.Logistic, 4);
        Assert.Throws<FitException>(() => fit.Learn([2, 1], [1, 1], 1));
        Assert.Throws<FitException>(() => fit.Learn([4], [1], 1));
        Assert.Throws<FitException>(() => fit.Learn([1], [double.NaN], 1));
        Assert.Throws<FitException>(() => fit.Learn([1], [1], 1, -1));
        Assert.Throws<FitException>(() => fit.Learn([1.0, 2], 1));
        Assert.Contains("data row 1: the label is 2; expected 1 and 0 or -1",
            Assert.Throws<Descent.Data.DataException>(() => fit.Learn([1], [1], 2)).Message, StringComparison.Ordinal);
        Assert.Equal(0, fit.Loss.Rows);
        Assert.Throws<FitException>(() => OnlineFit.Numbered(ModelFamilies.Softmax, 4));
        Assert.Throws<FitException>(() => OnlineFit.Numbered(ModelFamilies.Ordinal, 4));
    }

    // At w = 0 the mean is 1: a count of 0 costs 1, e⁰ − y·0 for Poisson, and 2 at y = 0 for Tweedie's p = 3/2.
    [Theory]
    [InlineData("poisson", 1)]
    [InlineData("tweedie", 2)]
    public void A_stream_may_begin_with_zeros(string family, double loss)
    {
        using OnlineFit fit = OnlineFit.Named(ModelFamilies.All.Single(f => f.Name == family), ["a"]);
        Assert.Equal(loss, fit.Learn([0.0], 0), 15);
        Assert.Contains("data row 2, column 'y': found -1, expected a ",
            Assert.Throws<Descent.Data.DataException>(() => fit.Learn([1.0], -1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_leaves_the_range_of_numbers_says_so()
    {
        using OnlineFit fit = OnlineFit.Named(ModelFamilies.Linear, ["a"],
            new FitOptions { Method = new MethodSpec { Name = "sgd", StepSize = 10 } });
        for (int i = 0; i < 400; i++) fit.Learn([3.0], 1);
        Assert.True(fit.HasDiverged);
    }
}
