using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Descent.Surface;

/// <summary>The documentation of what is public says something.</summary>
public class DocumentationTests
{
    const int FewestWords = 4;

    static readonly string[] Libraries =
        ["Core", "Numerics", "Models", "Autodiff", "Data", "Data.Parquet", "Data.Arrow",
            "Reports", "Testing", "Fitting", "Mixtures", "Mpi"];

    static readonly Dictionary<string, XElement> Members = Libraries
        .Select(l => Path.Combine(AppContext.BaseDirectory, $"Descent.{l}.xml"))
        .SelectMany(f => XDocument.Load(f).Descendants("member")).ToDictionary(m => m.Attribute("name")!.Value);

    [Fact]
    public void No_public_type_or_method_is_documented_in_fewer_than_four_words()
    {
        Assembly[] all = [.. Libraries.Select(l => Assembly.Load($"Descent.{l}"))];
        string[] public_ = [.. all.SelectMany(a => a.GetExportedTypes()).SelectMany(Names).Distinct()];
        Assert.True(public_.Length > 500, $"only {public_.Length} names were found");
        string[] hollow = [.. public_.Where(Members.ContainsKey).Where(n => IsHollow(Members[n])).Order(StringComparer.Ordinal)];
        Assert.True(hollow.Length == 0, string.Join('\n', hollow.Select(n => $"{n}: {Words(Members[n])}")));
    }

    [Fact]
    public void Hollow_documentation_is_found()
    {
        Assert.True(IsHollow(XElement.Parse("<member><summary>The  whole page.</summary></member>")));
        Assert.False(IsHollow(XElement.Parse("<member><summary>The page as one text.</summary></member>")));
        Assert.False(IsHollow(XElement.Parse("<member><summary>The <see cref=\"T:A\" /> it holds.</summary></member>")));
        Assert.False(IsHollow(XElement.Parse("<member><inheritdoc /></member>")));
        Assert.True(IsHollow(XElement.Parse("<member></member>")));
    }

    // A function of Methods says what its entry says: the recursion, what a step costs, where it comes from.
    [Fact]
    public void The_documentation_of_a_method_is_that_of_its_entry()
    {
        foreach (CatalogueEntry e in Catalogue.All.Where(e => e.Name != "averaged-sgd"))
            Assert.Contains(Members, m => m.Key.StartsWith("M:Descent.Methods.", StringComparison.Ordinal)
                && Words(m.Value) is var text && text.StartsWith($"{e.Title} ({e.Id})", StringComparison.Ordinal)
                && text.Contains(string.Join(' ', e.Recursion.Split(' ', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal)
                && text.Contains($"A step costs {e.Cost}.", StringComparison.Ordinal)
                && text.Contains($"Source: {e.Source}.", StringComparison.Ordinal));
    }

    static bool IsHollow(XElement member) => member.Element("inheritdoc") is null && Words(member).Split(' ').Length < FewestWords;

    static string Words(XElement member) => member.Element("summary") is { } summary
        ? Regex.Replace(string.Concat(summary.Nodes().Select(n => n is XElement { Name.LocalName: "see" or "paramref" } ? "x" : Text(n))),
            @"\s+", " ")
            .Trim()
        : "";

    static string Text(XNode node) => node is XElement e ? e.Value : node is XText t ? t.Value : "";

    // The names of a type and of its methods as the compiler writes them, without the lists of parameters.
    static IEnumerable<string> Names(Type type)
    {
        string name = type.FullName!.Replace('+', '.');
        IEnumerable<string> methods = type.GetMembers(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .OfType<MethodBase>().Where(m => !m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal) || m.IsConstructor)
            .Select(m => $"M:{name}.{m.Name.Replace('.', '#')}").Distinct();
        return methods.SelectMany(m => Keys.Value[m]).Prepend($"T:{name}");
    }

    static readonly Lazy<ILookup<string, string>> Keys = new(() =>
        Members.Keys.ToLookup(k => Regex.Replace(k, @"(``\d+)?(\(.*)?$", "")));
}
