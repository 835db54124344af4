using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Descent.Measure;

/// <summary>References between rooms, as the compiler binds names: all projects in one compilation.</summary>
sealed class Arrows
{
    readonly HashSet<(string From, string To)> all = [];

    public Arrows(IReadOnlyList<SyntaxTree> trees, Func<string, string> room, string checkout)
    {
        CSharpCompilation compilation = CSharpCompilation.Create("house",
            [.. trees, CSharpSyntaxTree.ParseText(GlobalUsings(checkout), new(LanguageVersion.Preview))], Framework(),
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        foreach (SyntaxTree tree in trees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            string from = room(tree.FilePath);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
                foreach (string to in Homes(model.GetSymbolInfo(name).Symbol).Select(room))
                    if (to != from) all.Add((from, to));
        }
    }

    /// <summary>The arrows from whose head a way leads back to their tail.</summary>
    public IEnumerable<string> OnRoundTrips() =>
        all.Where(a => Reaches(a.To, a.From, [])).Select(a => $"{a.From} → {a.To}").Order(StringComparer.Ordinal);

    bool Reaches(string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && all.Any(a => a.From == from && Reaches(a.To, to, seen)));

    // The files that declare the type a name speaks of, or whose member it is.
    static IEnumerable<string> Homes(ISymbol? symbol)
    {
        ISymbol? type = symbol as INamedTypeSymbol ?? (symbol is INamespaceSymbol ? null : symbol?.ContainingType);
        while (type?.ContainingType is { } outer) type = outer;
        return type is null ? [] : type.OriginalDefinition.Locations.Where(l => l.IsInSource).Take(1).Select(l => l.SourceTree!.FilePath)
            .Where(f => f.Length > 0);
    }

    static IEnumerable<MetadataReference> Framework() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
        .Select(p => MetadataReference.CreateFromFile(p));

    // Those of the SDK, and those that project files add.
    static string GlobalUsings(string checkout)
    {
        string[] projects = [.. Directory.EnumerateFiles(Path.Combine(checkout, "src"), "*.csproj", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(checkout, "eng"), "*.props"), Path.Combine(checkout, "Directory.Build.props")];
        IEnumerable<string> own = projects.Where(File.Exists)
            .SelectMany(p => Regex.Matches(File.ReadAllText(p), @"<Using Include=""([\w.]+)"""))
            .Select(m => m.Groups[1].Value);
        string[] usual = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];
        return string.Concat(usual.Concat(own).Distinct().Select(n => $"global using {n};\n"));
    }
}
