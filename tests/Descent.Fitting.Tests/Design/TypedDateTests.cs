using System.Data;
using System.Globalization;
using Descent.Data;

namespace Descent.Fitting.Tests.Design;

/// <summary>Typed dates of a query are the numbers that their text in a file is.</summary>
public class TypedDateTests
{
    [Fact]
    public void A_query_and_its_file_give_the_same_coefficients()
    {
        using DataTable rows = new();
        rows.Columns.Add("at", typeof(DateTime));
        rows.Columns.Add("day", typeof(DateOnly));
        rows.Columns.Add("y", typeof(double));
        DateTime start = new(2023, 11, 28, 5, 45, 0);
        List<string> lines = ["at,day,y"];
        for (int i = 0; i < 30; i++)
        {
            DateTime at = start.AddHours(i * 31);
            rows.Rows.Add(at, DateOnly.FromDateTime(at), i * i % 11);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-ddTHH:mm},{at:yyyy-MM-dd},{i * i % 11}"));
        }
        string file = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "rows.csv");
        File.WriteAllLines(file, lines);
        FitOptions options = new() { Dates = ["at", "day"], DateParts = ["elapsed", "hour", "factor(weekday)"] };
        Formula formula = Formula.Parse("y ~ at_elapsed + at_hour + C(day_weekday)");
        using DataTableReader reader = rows.CreateDataReader();
        Fit typed = Fit.Linear(Table.Of(reader), formula, options), text = Fit.Linear(file, formula, options);
        Assert.Equal(9, typed.Coefficients.Count);
        Assert.Equal(text.Coefficients.Select(c => c.Estimate), typed.Coefficients.Select(c => c.Estimate));
    }
}
