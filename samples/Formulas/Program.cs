using Descent.Data;
using Descent.Fitting;

Table iris = CsvReader.Read(["samples/iris.csv"]);
var fit = Fit.Linear(iris, "log(petal_width) ~ log(petal_length) * species + ns(sepal_width, df=2)");
Console.WriteLine(fit);

// The same from typed terms, whose columns may have any name.
Term slopes = Term.Log("petal_length") * Term.Column("species") + Term.NaturalSpline("sepal_width", 2);
var same = Fit.Linear(iris, Formula.Of(Term.Log("petal_width"), slopes));
Console.WriteLine($"{same.Coefficients[1].Name} {same.Coefficients[1].Estimate:F6}, as {fit.Coefficients[1].Estimate:F6} above");

// A table of arrays.
Table doses = Table.Of([Column.Of("dose", [1, 2, 4, 8.0]), Column.Of("batch", ["a", "b", "a", "b"]),
    Column.Of("answer", [2.1, 3.9, 6.2, 7.8])]);
Console.WriteLine(Fit.Linear(doses, "answer ~ log2(dose) + batch").Coefficients[1].Estimate.ToString("F4"));
