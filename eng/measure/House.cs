using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Descent.Measure;

/// <summary>What can be counted in the sources under src of one checkout.</summary>
sealed class House
{
    readonly string root;
    readonly SyntaxTree[] trees;

    public House(string checkout)
    {
        root = Path.Combine(Path.GetFullPath(checkout), "src");
        string[] files = [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Where(IsSource)];
        trees = [.. files.Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), new(LanguageVersion.Preview), f))];
        Functions = [.. trees.SelectMany(t => t.GetRoot().DescendantNodes().Select(Measured).OfType<Function>())];
        Back = [.. new Arrows(trees, Room, checkout).OnRoundTrips()];
    }

    public IReadOnlyList<Function> Functions { get; }

    /// <summary>Arrows between rooms (project/folder) from which a way leads back.</summary>
    public IReadOnlyList<string> Back { get; }

    public static (string What, Func<House, object> Of)[] Numbers { get; } =
    [
        ("files", h => h.trees.Length),
        ("lines", h => h.Lengths().Sum()),
        ("lines a file, median", h => Median(h.Lengths())),
        ("functions", h => h.Functions.Count),
        ("lines a function, median", h => Median(h.Functions.Select(f => f.Lines))),
        ("lines a function with a block, median", h => Median(h.Functions.Select(f => f.Lines).Where(l => l > 3))),
        ("folders over 25 files", h => h.trees.GroupBy(t => Path.GetDirectoryName(t.FilePath)).Count(g => g.Count() > 25)),
        ("files over 300 lines", h => h.Lengths().Count(l => l > 300)),
        ("functions over 40 lines", h => h.Functions.Count(f => f.Lines > 40)),
        ("functions over 60 lines", h => h.Functions.Count(f => f.Lines > 60)),
        ("functions with more than 6 parameters", h => h.Functions.Count(f => f.Parameters > 6)),
        ("lines over 140 columns", h => h.trees.Sum(t => t.GetText().Lines.Count(l => l.Span.Length > 140))),
        ("arrows between folders on a round trip", h => h.Back.Count),
    ];

    static bool IsSource(string file) => !file.Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin");

    IEnumerable<int> Lengths() => trees.Select(t => t.GetText().Lines.Count - (t.GetText().ToString().EndsWith('\n') ? 1 : 0));

    static int Median(IEnumerable<int> numbers) => numbers.Order().ToArray() is { Length: > 0 } all ? all[all.Length / 2] : 0;

    // Folders within a room are for order alone.
    string Room(string file) =>
        string.Join('/', Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/').Split('/').Take(2));

    Function? Measured(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax m when m.Body is not null || m.ExpressionBody is not null =>
            Of(m, (m as MethodDeclarationSyntax)?.Identifier.Text ?? m.Kind().ToString(), m.ParameterList.Parameters.Count),
        LocalFunctionStatementSyntax l => Of(l, l.Identifier.Text, l.ParameterList.Parameters.Count),
        AccessorDeclarationSyntax { Body: not null } a => Of(a, a.Keyword.Text, 0),
        PropertyDeclarationSyntax { ExpressionBody: not null } p => Of(p, p.Identifier.Text, 0),
        _ => null,
    };

    // From the name's line on: attributes and documentation are no part of its length.
    Function Of(SyntaxNode node, string name, int parameters)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        int attributes = node.ChildNodes().OfType<AttributeListSyntax>().Select(a => a.GetLocation().GetLineSpan())
            .Sum(s => s.EndLinePosition.Line - s.StartLinePosition.Line + 1);
        int lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
        return new($"{Path.GetRelativePath(root, span.Path)}: {name}", Math.Max(1, lines - attributes), parameters);
    }
}
