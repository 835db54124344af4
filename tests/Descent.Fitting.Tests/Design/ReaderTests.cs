using System.Data;
using System.Globalization;
using Descent.Data;
using DataException = Descent.Data.DataException;

namespace Descent.Fitting.Tests.Design;

/// <summary>Fits of queries: the bits, the notes and the model file of the same rows as CSV.</summary>
public class ReaderTests
{
    static DataTable Rows()
    {
        DataTable t = new() { Locale = CultureInfo.InvariantCulture };
        string[] lines = File.ReadAllLines(Iris.Path), names = lines[0].Split(',');
        foreach (string n in names) t.Columns.Add(n, n == "species" ? typeof(string) : typeof(decimal));
        foreach (string line in lines.Skip(1))
            t.Rows.Add([.. line.Split(',').Select((w, k) => k == 4 ? w : (object)decimal.Parse(w, CultureInfo.InvariantCulture))]);
        return t;
    }

    // R 4.2: summary(glm((Species == "setosa") ~ Sepal.Length, binomial, iris)).
    [Fact]
    public void A_query_gives_the_estimates_of_r()
    {
        Fit fit = Fit.Logistic(Rows().CreateDataReader(), "species=setosa", ["sepal_length"]);
        Assert.Equal(27.828521, fit.Coefficients[0].Estimate, 1e-5);
        Assert.Equal(-5.175698, fit.Coefficients[1].Estimate, 1e-6);
        Assert.Equal("query: read as a query", fit.Notes[0]);
    }

    [Fact]
    public void A_query_gives_the_model_file_of_its_csv_but_for_the_name()
    {
        Fit typed = Fit.Linear(Rows().CreateDataReader(), target: "petal_width"), text = Fit.Linear(Iris.Path, "petal_width");
        string Saved(Fit fit)
        {
            string path = Path.GetTempFileName();
            fit.Save(path);
            string file = File.ReadAllText(path);
            File.Delete(path);
            return file;
        }
        Assert.Equal(Saved(text).Replace(Iris.Path, "query", StringComparison.Ordinal), Saved(typed));
    }

    [Fact]
    public void A_table_of_a_query_takes_a_formula()
    {
        Fit fit = Fit.Linear(Table.Of(Rows().CreateDataReader()), Formula.Parse("petal_width ~ petal_length"));
        Assert.Equal(0.415755, fit.Coefficients[1].Estimate, 1e-6);
    }

    [Fact]
    public void A_model_predicts_the_rows_of_a_query_as_those_of_the_file()
    {
        SavedModel model = Fit.Linear(Iris.Path, "petal_width").Model;
        Assert.Equal(model.PredictFile(Iris.Path), model.Predict(Rows().CreateDataReader()));
        DataTable less = Rows();
        less.Columns.Remove("petal_length");
        DataException e = Assert.Throws<DataException>(() => model.Predict(less.CreateDataReader()));
        Assert.Equal("query: has no column 'petal_length', which the model needs. Its columns are sepal_length, sepal_width, petal_width, "
            + "species.", e.Message);
    }

    [Fact]
    public void Every_family_has_a_door_for_queries()
    {
        FitOptions quick = new() { Budget = new Budget { Steps = 3 } };
        string[] one = ["sepal_length"];
        Assert.Equal("poisson", Fit.Poisson(Rows().CreateDataReader(), "petal_width", one, quick).Family.Name);
        Assert.Equal("huber", Fit.Huber(Rows().CreateDataReader(), "petal_width", one, quick).Family.Name);
        Assert.Equal("absolute", Fit.Absolute(Rows().CreateDataReader(), "petal_width", one, quick).Family.Name);
        Assert.Equal("quantile", Fit.Quantile(Rows().CreateDataReader(), "petal_width", one, quick).Family.Name);
        Assert.Equal("hinge", Fit.SupportVector(Rows().CreateDataReader(), "species=setosa", one, quick).Family.Name);
        Assert.Equal("softmax", Fit.Softmax(Rows().CreateDataReader(), "species", one, quick).Family.Name);
    }

    [Fact]
    public void What_is_said_of_text_means_nothing_to_a_query()
    {
        FitSpec spec = new(DataSpec.Of(ColumnOrigin.Of(Rows().CreateDataReader())) with { Target = "petal_width", Separator = ';' },
            new ModelSpec());
        Assert.Contains("query has typed columns", Assert.Throws<FitException>(() => Fit.Of(spec)).Message, StringComparison.Ordinal);
    }
}
