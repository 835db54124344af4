using System.Reflection;
using System.Text.RegularExpressions;

namespace Descent.Surface;

public class ArchitectureTests
{
    static readonly Assembly[] Libraries =
    [
        typeof(Numerics.Vectors).Assembly, typeof(Methods).Assembly, typeof(Models.Linear.Risk).Assembly, typeof(Autodiff.Tape<>).Assembly,
        typeof(Data.CsvReader).Assembly, typeof(Data.ParquetForm).Assembly, typeof(Data.ArrowForm).Assembly,
        typeof(Reports.HtmlReport).Assembly,
        typeof(Testing.GradientCheck).Assembly, typeof(Mixtures.GaussianMixture).Assembly, typeof(Mpi.MpiWorld).Assembly,
        typeof(Orleans.ParameterModel).Assembly,
        Assembly.Load("Descent.Fitting"),
    ];

    [Fact]
    public void No_public_type_is_both_concrete_and_open()
    {
        IEnumerable<string> open = Libraries.SelectMany(a => a.GetExportedTypes()).Where(t => t.IsClass && !t.IsAbstract && !t.IsSealed)
            .Select(t => t.FullName!);
        Assert.Empty(open);
    }

    // What a project may know, whether it is said in its project file or comes along with what it names there.
    [Theory]
    [InlineData("Descent.Numerics", "")]
    [InlineData("Descent.Data", "Numerics")]
    [InlineData("Descent.Data.Parquet", "Data")]
    [InlineData("Descent.Data.Arrow", "Data")]
    [InlineData("Descent", "Numerics")]
    [InlineData("Descent.Models", "Descent")]
    [InlineData("Descent.Autodiff", "Descent")]
    [InlineData("Descent.Mixtures", "Descent")]
    [InlineData("Descent.Reports", "Descent")]
    [InlineData("Descent.Testing", "Descent")]
    [InlineData("Descent.Fitting", "Models Autodiff Mixtures Data Reports")]
    [InlineData("Descent.Mpi", "Numerics")]
    [InlineData("Descent.Orleans", "Descent")]
    [InlineData("Descent.Cli", "Mpi Models Autodiff Data Data.Parquet Data.Arrow Reports Fitting Testing")]
    public void A_project_knows_only_the_rooms_below_it(string project, string below)
    {
        string[] known = [.. Regex.Matches(Repository.Text($"src/{project}/{project}.csproj"),
            @"ProjectReference Include=""\.\./(?:Descent\.)?([\w.]+)/").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)];
        Assert.Equal(below.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), known);
    }

    [Fact]
    public void One_file_of_the_data_library_touches_the_file_system()
    {
        Regex touch = new(
            @"(?<![\w.])File\.(Open|Create|WriteAll|Move|Delete|Copy|Append|ReadAll|ReadLines)"
            + @"|new FileStream\(|new Stream(?:Reader|Writer)\((?:path|file|@?"")");
        string[] files = [.. Repository.Sources("src").Where(f => touch.IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))];
        Assert.Equal(["src/Descent.Data/Files/LocalFileSystem.cs"], files);
    }

    // Every reference that was compiled, as arrows between folders: none leads back, and a new one is accepted on purpose (eng/accept).
    [Fact]
    public void Arrows_between_folders_are_the_accepted_ones_and_none_leads_back()
    {
        SortedDictionary<(string From, string To), string> arrows = Rooms.Arrows(Assemblies.SelectMany(References.Of));
        Assert.True(arrows.Count > 100, $"only {arrows.Count} arrows were found");
        if (Environment.GetEnvironmentVariable("DESCENT_ARROWS") is { } dump)
            File.WriteAllLines(dump, arrows.Select(a => $"{a.Key.From}|{a.Key.To}|{a.Value}"));
        IReadOnlyList<string>? trip = Rooms.RoundTrip(arrows.Keys);
        Assert.True(trip is null, trip is null ? "" : string.Join("\n", trip.Zip(trip.Skip(1), (a, b) => $"{a} → {b}: {arrows[(a, b)]}")));
        string path = Path.Combine(Repository.Root, "tests", "golden", "arrows.txt"),
            text = string.Concat(arrows.Keys.Select(a => $"{a.From} → {a.To}\n"));
        if (Repository.Accepting) File.WriteAllText(path, text);
        string[] accepted = File.ReadAllLines(path), found = [.. arrows.Keys.Select(a => $"{a.From} → {a.To}")];
        Assert.Equal([],
            arrows.Where(a => !accepted.Contains($"{a.Key.From} → {a.Key.To}")).Select(a => $"{a.Key.From} → {a.Key.To}: {a.Value}"));
        Assert.Equal([], accepted.Except(found));
    }

    [Fact]
    public void A_round_trip_is_found()
    {
        Assert.Equal(["b", "c", "b"], Rooms.RoundTrip([("a", "b"), ("b", "c"), ("c", "b")]));
        Assert.Null(Rooms.RoundTrip([("a", "b"), ("b", "c"), ("a", "c")]));
    }

    [Fact]
    public void References_are_read_from_signatures_and_from_code()
    {
        (string From, string To)[] all = [.. References.Of(typeof(Methods).Assembly.Location)];
        Assert.Contains(("Descent.Methods", "Descent.Rules.Adam"), all);
        Assert.Contains(("Descent.Runs.RunLoop`1", "Descent.Algorithms.Iteration`1"), all);
        Assert.DoesNotContain(all,
            a => a.From.StartsWith("Descent.Rules.", StringComparison.Ordinal)
                && a.To.StartsWith("Descent.Runs.", StringComparison.Ordinal));
        Assert.Equal("Descent/Rules", Rooms.Of("Descent.Rules.Adam"));
    }

    static IEnumerable<string> Assemblies =>
        Libraries.Select(l => l.Location).Append(Path.Combine(AppContext.BaseDirectory, "descent.dll")).Where(File.Exists);

    [Fact]
    public void Libraries_touch_neither_clock_nor_console_nor_global_randomness()
    {
        Regex banned = new(
            @"DateTime\.(Now|UtcNow|Today)|Random\.Shared|new Random\(|Thread\.Sleep"
            + @"|(?<!System\.)\bConsole\.(Write|Out\b|Error\b|Set|Read)|CultureInfo\.CurrentCulture");
        foreach (string folder in new[] { "src/Descent.Numerics", "src/Descent", "src/Descent.Models", "src/Descent.Autodiff",
            "src/Descent.Mixtures",
            "src/Descent.Data", "src/Descent.Data.Parquet", "src/Descent.Data.Arrow",
            "src/Descent.Mpi", "src/Descent.Orleans", "src/Descent.Fitting", "src/Descent.Reports", "src/Descent.Testing" })
            foreach (string file in Repository.Sources(folder)) Assert.False(banned.IsMatch(File.ReadAllText(file)), file);
    }

    [Fact]
    public void Unsafe_code_stays_in_numerics()
    {
        foreach (string file in Repository.Sources("src").Where(f => !f.Contains("Descent.Numerics", StringComparison.Ordinal)))
            Assert.False(Regex.IsMatch(File.ReadAllText(file), @"\bunsafe\b"), file);
    }

    [Fact]
    public void The_driver_names_no_method()
    {
        string loop = Repository.Text("src/Descent/Runs/RunLoop.cs");
        foreach (Type t in typeof(Methods).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == "Descent.Algorithms" && !t.IsAbstract && !t.IsEnum && t.Name != "Ending"))
            Assert.False(Regex.IsMatch(loop, $@"\b{t.Name.Split('`')[0]}\b"), t.Name);
    }

    [Fact]
    public void One_public_type_a_file_and_the_file_has_its_name()
    {
        Regex type = new(
            @"^public (?:sealed |static |abstract |readonly |partial )*(?:class|record struct|record|struct|interface|enum) (\w+)",
            RegexOptions.Multiline);
        foreach (string file in Repository.Sources("src"))
        {
            string[] names = [.. type.Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)];
            Assert.True(names.Length <= 1, $"{file}: {string.Join(", ", names)}");
            if (names.Length == 1) Assert.Equal(Path.GetFileName(file).Split('.')[0], names[0]);
        }
    }

    [Fact]
    public void The_architecture_page_lists_every_project_and_stays_short()
    {
        string page = Repository.Text("ARCHITECTURE.md");
        Assert.True(page.Split('\n').Length <= 120);
        foreach (string folder in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")))
            Assert.Contains($"`src/{Path.GetFileName(folder)}`", page, StringComparison.Ordinal);
        foreach (string folder in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", "Descent")))
        {
            string name = Path.GetFileName(folder);
            if (name is not ("bin" or "obj")) Assert.Contains($"`{name}`", page, StringComparison.Ordinal);
        }
    }
}
