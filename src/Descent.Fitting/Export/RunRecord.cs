using System.Text;
using System.Text.Json;
using Descent.Data;

namespace Descent.Fitting.Export;

/// <summary>What makes a run repeatable: the words of its command, where it was started, on which data, by which program. run.json of a run
/// folder, and the head of a checkpoint.</summary>
/// <param name="Arguments">The words of the command line behind the name of the program.</param>
/// <param name="Folder">The folder that relative paths among them start from.</param>
/// <param name="Data">Digest of the numbers that were read; see <see cref="DataDigest"/>.</param>
/// <param name="Version">The program, with all that a build appends.</param>
/// <param name="Environment">Runtime, system and width of vectors: they change no result.</param>
sealed record RunRecord(IReadOnlyList<string> Arguments, string Folder, string Data, string Version, string Environment)
{
    public const string Name = "run.json";

    const string Expected = "what 'descent fit … `Run = FOLDER`' wrote";

    public byte[] ToBytes()
    {
        using MemoryStream to = new();
        using (Utf8JsonWriter w = new(to, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteStartArray("arguments");
            foreach (string a in Arguments) w.WriteStringValue(a);
            w.WriteEndArray();
            w.WriteString("folder", Folder);
            w.WriteString("data", Data);
            w.WriteString("version", Version);
            w.WriteString("environment", Environment);
            w.WriteEndObject();
        }
        to.WriteByte((byte)'\n');
        return to.ToArray();
    }

    /// <exception cref="DataException">The bytes are no such record; one sentence says what is wrong.</exception>
    public static RunRecord Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 4 });
            JsonElement root = json.RootElement;
            return new RunRecord([.. root.GetProperty("arguments").EnumerateArray().Select(Word)], Word(root.GetProperty("folder")),
                Word(root.GetProperty("data")), Word(root.GetProperty("version")), Word(root.GetProperty("environment")));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or DecoderFallbackException)
        {
            throw new DataException($"{path}: is no record of a run ({e.Message.TrimEnd('.')}); expected {Expected}.", e);
        }
    }

    static string Word(JsonElement e) => e.GetString() ?? throw new JsonException("a word is null");
}
