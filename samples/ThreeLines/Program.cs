using Descent.Fitting;

var fit = Fit.Logistic("samples/iris.csv", target: "species=setosa", features: ["sepal_length"]);
Console.WriteLine(fit);
Console.WriteLine($"P(setosa | sepal_length = 5.1) = {fit.Predict([5.1]):F4}");

double[,] x = { { 1, 0 }, { 2, 1 }, { 3, 0 }, { 4, 1 }, { 5, 0 } };
var line = Fit.Linear(x, [2.1, 3.9, 6.2, 7.8, 10.1], names: ["dose", "batch"]);
Console.WriteLine($"dose {line.Coefficients[1].Estimate:F4} ± {line.Coefficients[1].StandardError:F4}, "
    + $"F within {line.Certificate.Gap:G2} of the optimum");
