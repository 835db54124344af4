using Descent.Data;
using Descent.Fitting.Mixtures;
using Descent.Mixtures;
using Descent.Mixtures.Search;
using Descent.Runs;

namespace Descent.Fitting.Tests.Mixtures;

/// <summary>The door to mixtures: from a file, from arrays, and what stands behind the dot.</summary>
public class MixtureDoorTests
{
    static readonly string[] Columns = ["sepal_length", "sepal_width", "petal_length", "petal_width"];

    static MixtureSpec Twenty => new() { Search = new MixtureOptions(20) };

    // scikit-learn 1.2.1: GaussianMixture(3, reg_covar = 0, tol = 1e-14, n_init = 20) on iris.
    [Fact]
    public void Iris_from_a_file_and_from_arrays_is_the_reference()
    {
        FittedMixture file = Fit.Mixture(Iris.Path, 3, Columns, Twenty);
        double[,] x = Iris.Columns(0, 1, 2, 3);
        double[][] rows = [.. Enumerable.Range(0, 150).Select(i => Enumerable.Range(0, 4).Select(j => x[i, j]).ToArray())];
        foreach (FittedMixture m in new[] { file, Fit.Mixture(x, 3, Twenty), Fit.Mixture(rows, 3, Twenty, Columns) })
        {
            Assert.Equal(-180.18547713130357, m.LogLikelihood, 1e-5);
            Assert.Equal(file.LogLikelihood, m.LogLikelihood);
            Assert.Equal(580.8389072028424, m.Chosen!.Bic, 1e-4);
            Assert.Equal([0.36747347165005195, 0.33333333333333326, 0.2991931950166148], m.Model.Weights, (a, b) => Math.Abs(a - b) < 1e-5);
            Assert.Equal([5.914969593952736, 2.7778436472096812, 4.201553237814571, 1.2969668572605093], m.Model.Parameters["means"][2],
                (a, b) => Math.Abs(a - b) < 1e-4);
            Assert.True(m.Certificate!.IsLocalMaximum);
            Assert.Equal(OutcomeKind.Converged, m.Outcome.Kind);
        }
        Assert.Equal(Columns, file.Model.Columns);
        Assert.Equal(["x1", "x2", "x3", "x4"], Fit.Mixture(x, 1).Model.Columns);
    }

    [Fact]
    public void A_reader_and_a_source_of_columns_give_the_bits_of_the_file()
    {
        FittedMixture file = Fit.Mixture(Iris.Path, 2, Columns);
        using System.Data.DataTable rows = new();
        foreach (string c in Columns) rows.Columns.Add(c, typeof(double));
        double[,] x = Iris.Columns(0, 1, 2, 3);
        for (int i = 0; i < 150; i++) rows.Rows.Add(x[i, 0], x[i, 1], x[i, 2], x[i, 3]);
        foreach (FittedMixture m in new[] { Fit.Mixture(rows.CreateDataReader(), 2), Fit.Mixture(
            DataSpec.Of(ColumnOrigin.Of(rows.CreateDataReader())), new MixtureSpec()) })
        {
            Assert.Equal(file.LogLikelihood, m.LogLikelihood);
            Assert.Equal(file.Model.Parameters["covariances"], m.Model.Parameters["covariances"]);
            Assert.Equal(Columns, m.Model.Columns);
        }
    }

    [Fact]
    public void A_table_gives_the_bits_of_the_file_and_stays_as_it_is()
    {
        Table table = CsvReader.Read([Iris.Path]);
        FittedMixture file = Fit.Mixture(Iris.Path, 2, Columns), m = Fit.Mixture(table, 2, Columns);
        Assert.Equal(file.LogLikelihood, m.LogLikelihood);
        Assert.Equal(file.Model.Parameters["covariances"], m.Model.Parameters["covariances"]);
        Assert.Equal((150, file.Model.Columns.Count), (table.RowCount, m.Model.Columns.Count));
        Assert.Contains("'species': found 'setosa', and a mixture takes numbers",
            Assert.Throws<DataException>(() => Fit.Mixture(table, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("explains a target", Assert.Throws<FitException>(
            () => Fit.Mixture(table, 2, Columns, new() { Family = MixtureFamilies.Regression })).Message, StringComparison.Ordinal);
        FittedMixture lines = Fit.Mixture(table, 2, Columns[..3], new() { Family = MixtureFamilies.Regression }, "petal_width");
        Assert.Equal("petal_width", lines.Model.File.Target);
    }

    [Fact]
    public void A_range_is_chosen_from_by_the_criterion_that_is_asked()
    {
        FittedMixture m = Fit.Mixture(Iris.Path, new(1, 3), Columns, new() { Criterion = MixtureCriterion.Aic });
        Assert.Equal([1, 2, 3], m.Candidates.Select(c => c.Components));
        Assert.Equal(3, m.Components);
        Assert.Equal(2, Fit.Mixture(Iris.Path, new(1, 3), Columns).Components);
        Assert.Equal(14, m.Candidates[0].Parameters);
        Assert.True(m.Candidates[2].Agreeing >= 1);
    }

    [Fact]
    public void A_saved_mixture_answers_as_the_fitted_one()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "m.json");
        foreach (MixtureSpec spec in (MixtureSpec[])[new(), new() { Family = MixtureFamilies.StudentT },
            new() { Covariance = CovarianceShape.Diagonal }])
        {
            FittedMixture m = Fit.Mixture(Iris.Path, 2, Columns, spec);
            m.Save(path);
            SavedMixture saved = SavedMixture.Load(path);
            double sum = 0;
            double[,] x = Iris.Columns(0, 1, 2, 3);
            for (int i = 0; i < 150; i++)
            {
                double[] row = [x[i, 0], x[i, 1], x[i, 2], x[i, 3]], shares = saved.Responsibilities(row);
                Assert.Equal(m.Responsibilities(row), shares);
                Assert.Equal(1, shares.Sum(), 12);
                Assert.Equal(m.Allocation[2 * i], shares[0], 1e-9);
                Assert.Equal(shares[0] >= shares[1] ? 0 : 1, saved.Component(row));
                sum += saved.LogDensity(row);
            }
            // Densities of the law without rows add up to the likelihood of the search.
            Assert.Equal(m.LogLikelihood, sum, 1e-8);
            Assert.Equal(m.LogLikelihood, saved.LogLikelihood);
            Assert.Equal(m.Spec.Family, saved.Family);
        }
    }

    [Fact]
    public void What_is_cancelled_is_usable_and_says_so()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        FittedMixture m = Fit.Mixture(Iris.Path, new(2, 5), Columns, null, stop.Token);
        Assert.Equal(OutcomeKind.Interrupted, m.Outcome.Kind);
        Assert.Single(m.Candidates);
        Assert.Null(m.Certificate);
        Assert.InRange(m.Component([5.1, 3.5, 1.4, 0.2]), 0, 1);
        Assert.Contains("none: the search was interrupted", m.ToString(), StringComparison.Ordinal);
        Assert.Contains("Interrupted", m.ToHtml(), StringComparison.Ordinal);
    }

    // The model while a run goes on: what a late interruption saves.
    [Fact]
    public void A_run_under_way_has_a_model_from_its_first_step_on()
    {
        MixtureData data = MixtureLoader.Load(new DataSpec([Iris.Path]) { Features = Columns }, MixtureFamilies.Gaussian);
        List<double> seen = [];
        MixtureFitter? fitter = null;
        fitter = new MixtureFitter(new MixtureSpec { Components = 2 }, data)
        {
            OnStep = p => seen.Add(fitter!.Unfinished()!.LogLikelihood),
        };
        Assert.Null(fitter.Unfinished());
        FittedMixture m = fitter.Run(default);
        Assert.True(seen.Count > 10);
        Assert.Equal(m.LogLikelihood, fitter.Unfinished()!.LogLikelihood);
        Assert.Equal(m.Model.Weights, fitter.Unfinished()!.Weights, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Text_json_and_page_hold_the_result()
    {
        FittedMixture m = Fit.Mixture(Iris.Path, 2, Columns);
        Assert.Contains("Chosen       k = 2, as asked; 10 of 10 starts end there", m.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, System.Text.Json.JsonDocument.Parse(m.ToJson()).RootElement.GetProperty("components").GetInt32());
        Assert.StartsWith("<!doctype html>", m.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_done_is_said()
    {
        double[,] x = { { 1, 2 }, { 2, 5 }, { 3, 1 } };
        Assert.Contains("3 rows", Assert.Throws<FitException>(() => Fit.Mixture(x, 4)).Message, StringComparison.Ordinal);
        Assert.Contains("`Components` is 0", Assert.Throws<FitException>(() => Fit.Mixture(x, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("2 names are", Assert.Throws<FitException>(() => Fit.Mixture(new double[3, 1], 1, null, ["a", "b"])).Message,
            StringComparison.Ordinal);
        Assert.Contains("x[1, 0] is NaN", Assert.Throws<FitException>(() => Fit.Mixture(new[,] { { 1.0 }, { double.NaN } }, 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("column 'x2'", Assert.Throws<DataException>(() => Fit.Mixture(new double[,] { { 1, 2 }, { 3, 2 } }, 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("has 1 row", Assert.Throws<DataException>(() => Fit.Mixture(new double[,] { { 1, 2 } }, 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("x[1] has 1 values", Assert.Throws<FitException>(() => Fit.Mixture([[1.0, 2], [3.0]], 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("`Restarts` is 0; expected at least 1. `Threads` is -1", Assert.Throws<FitException>(() =>
            Fit.Mixture(x, 1, new() { Search = new(0), Threads = -1 })).Message, StringComparison.Ordinal);
        Assert.Contains("`Target`", Assert.Throws<FitException>(() => Fit.Mixture(new DataSpec([Iris.Path]) { Target = "species" },
            new())).Message, StringComparison.Ordinal);
        FittedMixture m = Fit.Mixture(x, 1);
        Assert.Contains("A row needs 2 values", Assert.Throws<FitException>(() => m.Component([1])).Message, StringComparison.Ordinal);
        Assert.Contains("expected a finite number", Assert.Throws<FitException>(() => m.Component([1, double.NaN])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_every_start_is_degenerate_there_is_no_model()
    {
        double[,] x = { { 1, 2 }, { 2, 5 }, { 3, 1 } };
        FittedMixture m = Fit.Mixture(x, 3);
        Assert.Null(m.Chosen);
        Assert.Equal(OutcomeKind.Diverged, m.Outcome.Kind);
        Assert.Contains("There is no estimate", Assert.Throws<FitException>(() => m.Model).Message, StringComparison.Ordinal);
        Assert.Contains("All 10 starts are degenerate", m.ToString(), StringComparison.Ordinal);
        Assert.Contains("degenerate", m.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("Diverged", m.ToJson(), StringComparison.Ordinal);
    }
}
