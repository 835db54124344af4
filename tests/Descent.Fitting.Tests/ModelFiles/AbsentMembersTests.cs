using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Descent.Diagnosis;
using Descent.Fitting.Export;
using Descent.Fitting.Mixtures;
using Descent.Fitting.ModelFiles;
using Descent.Fitting.Proofs;

namespace Descent.Fitting.Tests.ModelFiles;

/// <summary>What a file of an older program lacks takes the value that its type gives: serialisers made at build time set every
/// <c>init</c> property themselves, and could set it to nothing.</summary>
public class AbsentMembersTests
{
    const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static TheoryData<string> Files => ["model", "mixture", "proof", "history"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Members_that_a_file_lacks_have_their_defaults(string file)
    {
        (JsonSerializerOptions options, Type root) = file switch
        {
            "model" => (ModelJson.Default.Options, typeof(ModelFile)),
            "mixture" => (MixtureFileJson.Default.Options, typeof(MixtureFile)),
            "proof" => (ProofJson.Default.Options, typeof(ProofFile)),
            _ => (HistoryJson.Default.Options, typeof(CaseHistory)),
        };
        JsonSerializerOptions lenient = new(options)
        {
            TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(NothingIsRequired),
            RespectRequiredConstructorParameters = false,
        };
        Assert.True(Compare(root, lenient, []) > 0);
    }

    static void NothingIsRequired(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo p in type.Properties) p.IsRequired = false;
    }

    // Every type of the file that can be made without arguments, read from an object without members.
    static int Compare(Type type, JsonSerializerOptions options, HashSet<Type> seen)
    {
        if (!seen.Add(type) || options.GetTypeInfo(type) is not { Kind: not JsonTypeInfoKind.None } info) return 0;
        int compared = 0;
        if (info.Kind == JsonTypeInfoKind.Object && type.GetConstructor(Any, Type.EmptyTypes) is { } make)
        {
            object expected = make.Invoke([]), found = JsonSerializer.Deserialize("{}", info)!;
            foreach (PropertyInfo p in type.GetProperties(Any).Where(IsCompared))
            {
                Assert.Equal($"{type.Name}.{p.Name}: {Text(p.GetValue(expected))}", $"{type.Name}.{p.Name}: {Text(p.GetValue(found))}");
                compared++;
            }
        }
        return compared + info.Properties.Select(p => p.PropertyType).Append(info.ElementType ?? typeof(string))
            .Sum(part => Compare(part, options, seen));
    }

    // A file without its form and version is none of ours, and is refused.
    static bool IsCompared(PropertyInfo p) => p.CanWrite && p.Name is not ("Format" or "Version");

    static string Text(object? value) => value switch
    {
        null => "null",
        IEnumerable all and not string => "[" + string.Join(',', all.Cast<object?>().Select(Text)) + "]",
        _ => value.ToString()!,
    };
}
