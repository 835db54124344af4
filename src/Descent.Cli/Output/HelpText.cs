using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Descent.Cli.Output;

/// <summary><c>--help</c>: what a command does, its options in groups, lines that fit the terminal.</summary>
sealed class HelpText : SynchronousCommandLineAction
{
    const int Indent = 2, MostNames = 30, Narrowest = 60, Widest = 110;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.Write(Of(parseResult.CommandResult.Command, Width));
        return ExitCode.Done;
    }

    static int Width
    {
        get
        {
            try
            {
                return Console.IsOutputRedirected ? Widest : Math.Clamp(Console.WindowWidth - 1, Narrowest, Widest);
            }
            catch (IOException)
            {
                return Widest;
            }
        }
    }

    /// <summary>The help of a command.</summary>
    public static string Of(Command command, int width)
    {
        StringBuilder t = new();
        t.Append(command.Description).Append("\n\nUsage: ").Append(Usage(command)).Append('\n');
        if (command.Subcommands.Count > 0) Section(t, "Commands", command.Subcommands.Select(c => (Named(c), First(c.Description))), width);
        if (command.Arguments.Count > 0) Section(t, "Arguments", command.Arguments.Select(a => (a.Name, a.Description ?? "")), width);
        List<Option> left = [.. Options(command)];
        bool grouped = left.Count > 20;
        foreach (var (title, names) in grouped ? HelpGroups.All : [])
        {
            Option[] group = [.. names.Select(n => left.FirstOrDefault(o => o.Name == n)).OfType<Option>()];
            if (group.Length > 0) Section(t, title, group.Select(Row), width);
            left.RemoveAll(group.Contains);
        }
        if (left.Count > 0) Section(t, grouped ? "Others" : "Options", left.Select(Row), width);
        if (command is RootCommand) t.Append("\n'descent COMMAND --help' says more, with examples.\n");
        return t.ToString();
    }

    // Those of the root hold everywhere.
    static IEnumerable<Option> Options(Command command)
    {
        IEnumerable<Option> all = command.Options;
        foreach (RootCommand root in command.Parents.OfType<RootCommand>()) all = all.Concat(root.Options.Where(o => o.Recursive));
        return all.Where(o => !o.Hidden).DistinctBy(o => o.Name);
    }

    static string Usage(Command command) => command is RootCommand ? "descent COMMAND [options]"
        : $"descent {command.Name} {string.Concat(command.Arguments.Select(Shown))}[options]";

    static string Shown(Argument a) => a.Arity.MaximumNumberOfValues > 1 ? a.Name + "... "
        : a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}] "
        : a.Name + " ";

    static string Named(Command c) => string.Join(", ", c.Aliases.Prepend(c.Name)) + string.Concat(c.Arguments.Select(a => " " + a.Name));

    static string First(string? description) => description?.Split('\n')[0] ?? "";

    static (string Name, string Text) Row(Option o)
    {
        string value = o.ValueType == typeof(bool) || o is HelpOption or VersionOption ? ""
            : " " + o.Name.TrimStart('-').ToUpperInvariant();
        string names = string.Join(", ", o.Aliases.Where(a => a.Length == 2 && a[0] == '-').Append(o.Name)) + value;
        string[] others = [.. o.Aliases.Where(a => a.StartsWith("--", StringComparison.Ordinal))];
        string also = others.Length == 0 ? "" : $" Also {string.Join(", ", others)}.";
        string otherwise = o.HasDefaultValue && o.GetDefaultValue() is { } x and not false and not Array and not 0.0 and not 0
            ? FormattableString.Invariant($" [{x}]") : "";
        return (names, o.Description + otherwise + also);
    }

    static void Section(StringBuilder t, string title, IEnumerable<(string Name, string Text)> rows, int width)
    {
        t.Append('\n').Append(title).Append('\n');
        (string Name, string Text)[] all = [.. rows];
        int column = Indent + Math.Min(MostNames, all.Max(r => r.Name.Length)) + 2;
        foreach (var (name, text) in all)
        {
            t.Append(' ', Indent).Append(name);
            int at = Indent + name.Length;
            if (at + 2 > column)
            {
                t.Append('\n');
                at = 0;
            }
            t.Append(' ', column - at);
            Wrap(t, text, column, width);
        }
    }

    static void Wrap(StringBuilder t, string text, int column, int width)
    {
        int at = column;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at > column && at + 1 + word.Length > width)
            {
                t.Append('\n').Append(' ', column);
                at = column;
            }
            else if (at > column)
            {
                t.Append(' ');
                at++;
            }
            t.Append(word);
            at += word.Length;
        }
        t.Append('\n');
    }
}
