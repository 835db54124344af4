using System.Text.Json;
using System.Text.Json.Serialization;
using Descent.Data;
using Descent.Diagnosis;

namespace Descent.Cli.Output;

/// <summary>history.json of a run folder: what <c>descent doctor</c> reads.</summary>
static class HistoryFile
{
    public const string Name = "history.json";

    static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Save(string folder, CaseHistory history) => File.WriteAllText(Path.Combine(folder, Name), JsonSerializer.Serialize(history, Options) + "\n");

    public static CaseHistory Load(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path)) throw new UsageException($"{folder}: there is no {Name}, so this is no folder of a run. 'descent fit … --run {folder}' makes one.");
        try
        {
            return JsonSerializer.Deserialize<CaseHistory>(File.ReadAllText(path), Options) ?? throw new DataException($"{path}: empty; expected what fit --run wrote.");
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}, line {(e.LineNumber ?? 0) + 1}: {e.Message.Split(" Path:")[0].TrimEnd('.')}; expected what fit --run wrote.");
        }
    }
}
