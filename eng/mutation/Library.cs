using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Descent.Mutation;

/// <summary>One library as the compiler sees it: its sources, their meaning, and the assembly with mutants in it.</summary>
sealed class Library
{
    static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    readonly string assembly;
    readonly IReadOnlyList<MetadataReference> references;
    readonly Dictionary<string, SyntaxTree> trees = [];
    readonly CSharpCompilation plain;

    /// <param name="root">The repository.</param>
    /// <param name="project">Name of the project under src.</param>
    /// <param name="assembly">Name of its assembly.</param>
    /// <param name="bin">Folder of a finished build, which the other assemblies are taken from.</param>
    public Library(string root, string project, string assembly, string bin)
    {
        this.assembly = assembly;
        string folder = Path.Combine(root, "src", project);
        IEnumerable<string> sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Path.Combine(root, "artifacts", "obj", project, "debug"), "*.cs"));
        foreach (string path in sources.Order(StringComparer.Ordinal)) trees[path] = CSharpSyntaxTree.ParseText(File.ReadAllText(path), Language, path);
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        references = [.. Directory.EnumerateFiles(runtime, "*.dll").Where(Managed).Concat(new[] { "Descent.Numerics.dll", "Descent.Core.dll", "MathNet.Numerics.dll" }
            .Where(f => f != assembly + ".dll").Select(f => Path.Combine(bin, f))).Select(f => MetadataReference.CreateFromFile(f))];
        plain = CSharpCompilation.Create(assembly, trees.Values, references, Options);
    }

    static CSharpCompilationOptions Options => new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable, deterministic: true);

    public IEnumerable<Mutant> Candidates(string root, string folder)
    {
        string under = Path.Combine(root, folder) + Path.DirectorySeparatorChar;
        foreach (var (path, tree) in trees.Where(t => t.Key.StartsWith(under, StringComparison.Ordinal)))
        {
            SiteFinder finder = new(Path.GetRelativePath(root, path), plain.GetSemanticModel(tree));
            finder.Visit(tree.GetRoot());
            foreach (Mutant m in finder.Found) yield return m;
        }
    }

    /// <summary>Compiles with the mutants in place, leaving out those that are no C#; gives back the ones that are.</summary>
    public List<Mutant> Emit(IEnumerable<Mutant> chosen, string? extra, string target)
    {
        List<Mutant> kept = [.. chosen];
        while (true)
        {
            ILookup<SyntaxNode, Mutant> sites = kept.ToLookup(m => m.Node);
            List<SyntaxTree> now = [.. trees.Select(t => CSharpSyntaxTree.Create((CSharpSyntaxNode)new Schemata(sites).Visit(t.Value.GetRoot())!, Language, t.Key))];
            if (extra is not null) now.Add(CSharpSyntaxTree.ParseText(extra, Language));
            using FileStream file = File.Create(target);
            Diagnostic[] faults = [.. CSharpCompilation.Create(assembly, now, references, Options).Emit(file).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
            if (faults.Length == 0) return kept;
            HashSet<int> bad = [.. faults.SelectMany(Blamed)];
            if (bad.Count == 0) throw new InvalidOperationException($"{assembly} does not compile: {faults[0]}");
            kept.RemoveAll(m => bad.Contains(m.Id));
        }
    }

    // The innermost mutant around the error, or all of the member it is in.
    static IEnumerable<int> Blamed(Diagnostic fault)
    {
        SyntaxNode node = fault.Location.SourceTree!.GetRoot().FindNode(fault.Location.SourceSpan);
        for (SyntaxNode? at = node; at is not null; at = at.Parent)
        {
            int[] ids = Ids(at);
            if (ids.Length > 0) return ids;
        }
        SyntaxNode member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? node;
        return [.. member.DescendantNodesAndSelf().SelectMany(Ids)];
    }

    static int[] Ids(SyntaxNode node) => [.. node.GetAnnotations(Schemata.Mark).Select(a => int.Parse(a.Data!, CultureInfo.InvariantCulture))];

    static bool Managed(string path)
    {
        using FileStream file = File.OpenRead(path);
        using System.Reflection.PortableExecutable.PEReader pe = new(file);
        return pe.HasMetadata;
    }
}
