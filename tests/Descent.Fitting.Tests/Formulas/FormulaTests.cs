using Descent.Data;

namespace Descent.Fitting.Tests.Formulas;

/// <summary>Formulas and tables in programs.</summary>
public class FormulaTests
{
    [Fact]
    public void Typed_terms_are_the_formula_that_says_the_same()
    {
        Term terms = Term.Log("carat") + "table" + Term.Factor("cut", "Very Good") + Term.Interaction("depth", "table")
            + Term.Polynomial("x", 2) + Term.Power("y", 2) + Term.Ordered("size", "s", "m", "l") * Term.Spline("z", 5)
            + Term.NaturalSpline(Term.Log1P("z"), 3) + Term.Cut("w", 0, 1, double.PositiveInfinity) + Term.Standardised("my column")
            + Term.Sqrt("q") + Term.Exp("e") + Term.Arithmetic("a * b") + Term.Offset(Term.Log("exposure")) - Term.One;
        Assert.Equal(Formula.Parse("log(price) ~ log(carat)+table + C(cut, ref=\"Very Good\") + depth:table + poly(x,2) + I(y^2)"
            + "+ C(size, ordered=s<m<l)*bs(z, df=5) + ns(log1p(z), df = 3) + cut(w, c(0,1,Inf)) + scale(`my column`) + sqrt(q) + exp(e)"
            + "+ I(a*b) + offset(log(exposure)) - 1"), Formula.Of(Term.Log("price"), terms));
        Assert.Equal(Formula.Parse("C(species) = setosa ~ (a + b) * c"),
            Formula.Of(Term.Level("species", "setosa"), ((Term)"a" + "b") * "c"));
    }

    // What the formula writes is read to the same formula.
    [Theory]
    [InlineData("log(`a b`) ~ C(f,ref='x y')+poly( x ,2,raw = TRUE) -1")]
    [InlineData("C(y)=2 ~ C(g, ordered = 1<2<10) : (a+b)^2 %in% h")]
    [InlineData("y ~ I((a+b)*-2^0.5/3) + cut(x, c(-Inf, -1e-3, 2))")]
    [InlineData("y ~ . - `a\\`b` + \"c d\"")]
    public void A_formula_is_read_back_from_its_own_text(string text)
    {
        Formula once = Formula.Parse(text), twice = Formula.Parse(once.ToString());
        Assert.Equal(once, twice);
        Assert.Equal(once.ToString(), twice.ToString());
        Assert.Equal(once.GetHashCode(), twice.GetHashCode());
        Assert.Equal(once.HasIntercept, twice.HasIntercept);
    }

    [Fact]
    public void A_table_that_was_fitted_is_as_it_was()
    {
        Table iris = CsvReader.Read([Path.Combine(Iris.Root, "samples", "iris.csv")]);
        double[] before = iris.Find("petal_width")!.Numbers.ToArray();
        Fit fit = Fit.Linear(iris, "log(petal_width) ~ log(petal_length) + species", new FitOptions { HoldOut = 0.2 });
        Assert.Equal(["(Intercept)", "log(petal_length)", "species=versicolor", "species=virginica"], fit.Coefficients.Select(c => c.Name));
        Assert.Equal(before, iris.Find("petal_width")!.Numbers.ToArray());
        Assert.Equal(150, iris.RowCount);
        Fit file = Fit.Linear(Path.Combine(Iris.Root, "samples", "iris.csv"),
            Formula.Parse("log(petal_width) ~ log(petal_length) + species"), new FitOptions { HoldOut = 0.2 });
        Assert.Equal(fit.Coefficients.Select(c => c.Estimate), file.Coefficients.Select(c => c.Estimate));
    }

    // Predictions of a model in memory are those of its file.
    [Fact]
    public void Every_family_has_its_door_and_its_model_keeps_the_terms()
    {
        string path = Path.Combine(Iris.Root, "samples", "iris.csv"),
            model = Path.Combine(Path.GetTempPath(), $"formula-{Environment.ProcessId}.json");
        Table iris = CsvReader.Read([path]);
        try
        {
            foreach (Fit fit in (Fit[])[Fit.Linear(iris, "sepal_length ~ poly(petal_length, 2) + scale(petal_width)"),
                Fit.Huber(iris, "sepal_length ~ petal_length:species"), Fit.Absolute(iris, "sepal_length ~ petal_length"),
                Fit.Quantile(iris, "sepal_length ~ log(petal_length)", new FitOptions { Quantile = 0.3 }),
                Fit.Poisson(iris, "I(10 * petal_width) ~ bs(petal_length, df=4) + offset(log(sepal_width))"),
                Fit.Logistic(iris, "species = virginica ~ petal_length + petal_width"),
                Fit.Softmax(iris, "species ~ sepal_length + petal_width", new FitOptions { L2 = 0.01 }),
                Fit.SupportVector(iris, "species = setosa ~ sepal_length", new FitOptions { L2 = 0.01 })])
            {
                double[] here = fit.PredictFile(path);
                fit.Save(model);
                Assert.Equal(here, SavedModel.Load(model).PredictFile(path));
                Assert.Equal(150, here.Distinct().Count() > 1 ? here.Length : 0);
            }
        }
        finally
        {
            File.Delete(model);
        }
    }

    [Fact]
    public void A_table_of_arrays_is_checked()
    {
        Assert.Throws<ArgumentException>(() => Table.Of([]));
        Assert.Throws<ArgumentException>(() => Table.Of([Column.Of("a", [1.0]), Column.Of("a", [2.0])]));
        Assert.Throws<ArgumentException>(() => Table.Of([Column.Of("a", [1.0]), Column.Of("b", [2.0, 3])]));
        Assert.Throws<ArgumentException>(() => Column.Of("a", [double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => Column.Of("a", ["x", null!]));
        Table t = Table.Of([Column.Of("y", [1, 2, 4, 3, double.NaN, 9.0]), Column.Of("x", [1, double.NaN, 3, 4, 5, 7.0])]);
        DataException e = Assert.Throws<DataException>(() => Fit.Linear(t, "y ~ x"));
        Assert.Contains("data row 5: y is not defined, expected a finite number", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, Fit.Linear(t, "y ~ x", new FitOptions { Missing = MissingPolicy.Skip }).Coefficients.Count);
        FitException f = Assert.Throws<FitException>(() => Fit.Linear(t, "y ~ z"));
        Assert.Equal("y ~ z\n    ^", f.Pointer);
    }
}
