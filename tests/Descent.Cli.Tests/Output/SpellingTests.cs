using System.CommandLine;
using System.Text.RegularExpressions;
using Descent.Cli.Commands;
using Descent.Cli.Output;

namespace Descent.Cli.Tests.Output;

/// <summary>Libraries speak of settings, the command line of options: each has its words, and one table joins them.</summary>
public class SpellingTests
{
    static readonly Command[] Commands = [FitCommand.Build(), PlanCommand.Build(), TuneCommand.Build(), CompareCommand.Build(),
        PredictCommand.Build(), InspectCommand.Build(), EstimateCommand.Build(), MixtureCommand.Build()];

    static IEnumerable<string> Sources => Directory.EnumerateFiles(Path.Combine(Cli.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/src/Descent.Cli/", StringComparison.Ordinal));

    [Theory]
    [InlineData("`StepSize = 0.1` takes less", "--lr 0.1 takes less")]
    [InlineData("`Intercept = false` or `PenaliseIntercept = true`", "--no-intercept or --penalize-intercept")]
    [InlineData("`Numbers.beta1` and `Numbers.kappa` mean nothing to `Method = gd`", "--beta1 and --set kappa mean nothing to --method gd")]
    [InlineData(@"\u0060L2 = 1/n\u0060", "--l2 1/n")]
    [InlineData("a column `L2x` and a `lone tick", "a column `L2x` and a `lone tick")]
    public void Settings_become_options(string said, string read) => Assert.Equal(read, Spelling.Of(said));

    [Fact]
    public void Every_option_that_a_setting_is_spelt_as_exists()
    {
        HashSet<string> known = [.. Commands.SelectMany(c => c.Options).Select(o => o.Name), "--memory-limit", "--folds"];
        // An option may come with a value.
        Assert.Equal([], Spelling.Options.Values.Select(o => o.Split(' ')[0]).Except(known));
    }

    [Fact]
    public void Every_setting_that_a_library_speaks_of_has_an_option()
    {
        List<string> strangers = [];
        foreach (string file in Sources)
            foreach (Match m in Regex.Matches(File.ReadAllText(file), "`([A-Z][A-Za-z0-9]*)(?: = [^`]*)?`"))
                if (Spelling.OptionOf(m.Groups[1].Value) is null) strangers.Add($"{Path.GetFileName(file)}: {m.Value}");
        // What programs alone can get wrong.
        Assert.Equal(["DataSpec.cs: `Files`", "ElasticClocks.cs: `Workers`", "OrleansServer.cs: `Workers`"],
            strangers.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_library_spells_an_option()
    {
        string[] names = [.. Commands.SelectMany(c => c.Options).SelectMany(o => o.Aliases.Prepend(o.Name))
            .Where(n => n.StartsWith("--", StringComparison.Ordinal)).Distinct()];
        Regex option = new("(?<![\\w-])(" + string.Join('|', names.Select(Regex.Escape)) + ")(?![\\w-])");
        foreach (string file in Sources)
            Assert.False(option.IsMatch(File.ReadAllText(file)), $"{file}: {option.Match(File.ReadAllText(file)).Value}");
    }

    [Fact]
    public void Every_option_of_a_fit_stands_in_one_group_of_the_help()
    {
        string[] grouped = [.. HelpGroups.All.SelectMany(g => g.Options)];
        Assert.Equal(grouped.Length, grouped.Distinct().Count());
        foreach (Command c in Commands.Take(4)) Assert.Empty(c.Options.Where(o => !o.Hidden).Select(o => o.Name).Except(grouped));
        string help = Cli.Run("fit", "--help").Out;
        Assert.True(help.IndexOf("The ten that matter first", StringComparison.Ordinal) < help.IndexOf("--seed", StringComparison.Ordinal));
        Assert.All(help.Split('\n').Where(l => l.StartsWith("  -", StringComparison.Ordinal)), l => Assert.True(l.Length <= 110, l));
    }

    [Theory]
    [InlineData("compare", "--out x", "--out means nothing to compare")]
    [InlineData("compare", "--solver gd", "--solver names one method; compare takes --methods a,b,c")]
    [InlineData("tune", "--proof x", "--proof means nothing to tune")]
    [InlineData("plan", "--gap 1e-3", "--gap means nothing to plan")]
    public void A_command_has_the_options_that_it_takes(string command, string option, string expected)
    {
        var (code, _, error) = Cli.Run([command, Cli.Sample("iris.csv"), .. option.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain(option.Split(' ')[0],
            Cli.Run(command, "--help").Out.Split('\n').Select(l => l.Trim().Split(' ')[0].TrimEnd(',')));
    }

    [Fact]
    public void All_faults_of_a_command_line_are_said_at_once()
    {
        var (code, _, error) = Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "species", "--lr", "fast", "--l2", "-1", "--batch", "0",
            "--steps", "0", "--method", "gradient-ascent");
        Assert.Equal(1, code);
        foreach (string part in new[] { "--lr is 'fast'", "--l2 is '-1'", "--batch is '0'", "--steps is 0",
            "--method 'gradient-ascent' is not known" })
            Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("read as", error, StringComparison.Ordinal);
    }
}
