using Descent.Fitting;

var mixture = Fit.Mixture("samples/iris.csv", components: new(1, 4), features: ["petal_length", "sepal_width"]);
Console.WriteLine(mixture);
double[] shares = mixture.Responsibilities([4.9, 2.9]);
Console.WriteLine($"Petals of 4.9 cm, sepals 2.9 cm wide: component {mixture.Component([4.9, 2.9]) + 1}, "
    + $"responsibilities {string.Join(", ", shares.Select(p => p.ToString("F4")))}");
