using System.Text;
using Descent.Cli.Output;
using Descent.Data;
using Descent.Diagnosis;

namespace Descent.Fuzz;

/// <summary>The loaders, each with what is done next with what it accepts.</summary>
static class Loaders
{
    public static readonly string[] Names = ["csv", "libsvm", "idx", "model", "safetensors", "history", "vw"];

    /// <summary>Gives an input to a loader. The file is for loaders that read files; its content is replaced.</summary>
    public static void Run(string loader, byte[] input, string file)
    {
        switch (loader)
        {
            case "csv":
                File.WriteAllBytes(file, input);
                CsvReader.Read([file]);
                break;
            case "libsvm":
                File.WriteAllBytes(file, input);
                LibsvmReader.Read<double>([file]);
                break;
            case "vw":
                File.WriteAllBytes(file, input);
                VwReader.Read([DataSource.Open(file)], new VwOptions { HashBits = 10 });
                break;
            case "idx":
                File.WriteAllBytes(file, input);
                IdxReader.Read(file);
                break;
            case "model":
                Use(ModelFile.Parse(input, "input"));
                break;
            case "safetensors":
                Safetensors.Parse(input, "input");
                break;
            default:
                Doctor.Examine(HistoryFile.Parse(input, "input"));
                break;
        }
    }

    // What predict, evaluate and inspect do with a model.
    static void Use(ModelFile m)
    {
        if (m.Network is { } net)
        {
            if (net.Sizes.Max() < 1000) _ = net.Build().Description;
            return;
        }
        double[] x = new double[m.Features.Count],
            z = Predictor.Margins(new DenseRows<double>(x, 1, x.Length), m.Flat, m.Weights.Length, m.Intercepts is not null);
        ModelFamily family = ModelFamilies.Of(m.Model);
        family.Measure(new MeasuredRows(z, [0], null)
        {
            Outputs = m.Weights.Length,
            HasReference = m.HasReferenceClass,
            Own = m.Tau ?? m.Delta ?? double.NaN,
            Parameters = m.Flat.Length
        });
        family.AppendPrediction(new StringBuilder(), z, m.Classes ?? [], m.HasReferenceClass);
        _ = m.Data.Fingerprint[..16] + string.Join(", ", m.Features.Select(f => f.Name.Length))
            + string.Join(", ", m.Classes?.Select(c => c.Length) ?? []);
    }
}
