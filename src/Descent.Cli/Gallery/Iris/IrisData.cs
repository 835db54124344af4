using System.Globalization;

namespace Descent.Cli.Gallery;

/// <summary>Fisher's iris data, shipped inside the program.</summary>
static class IrisData
{
    public static (double[] Column, double[] Other, double[] Setosa) Read(int column, int other)
    {
        using Stream stream = typeof(IrisData).Assembly.GetManifestResourceStream("iris.csv")!;
        using StreamReader reader = new(stream);
        List<double> a = [], b = [], setosa = [];
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] f = line.Split(',');
            a.Add(double.Parse(f[column], CultureInfo.InvariantCulture));
            b.Add(double.Parse(f[other], CultureInfo.InvariantCulture));
            setosa.Add(f[4] == "setosa" ? 1 : 0);
        }
        return ([.. a], [.. b], [.. setosa]);
    }
}
