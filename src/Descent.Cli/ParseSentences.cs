using System.CommandLine;
using System.CommandLine.Parsing;
using Descent.Cli.Commands;

namespace Descent.Cli;

/// <summary>What is wrong with a command line, in the words of its user: the option, what was found, what was expected.</summary>
static class ParseSentences
{
    /// <summary>The first thing that is wrong, as one sentence: it often makes the others. None when nothing is.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        List<string> sentences = [];
        // Arguments take every word; one that looks like an option is an option that was mistyped, unless "--" stands before it.
        if (!parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash))
            sentences.AddRange(command.Arguments.SelectMany(a => parsed.GetResult(a)?.Tokens ?? [])
                .Where(t => t.Value.Length > 1 && t.Value[0] == '-').Take(1).Select(t => Unknown(t.Value, command)));
        // A word that no command knows makes every other error: that a command is missing, that its data is.
        if (sentences.Count == 0) sentences.AddRange(parsed.UnmatchedTokens.Take(1).Select(w => Unknown(w, command)));
        if (sentences.Count == 0) sentences.AddRange(parsed.Errors.Select(e => Sentence(e, parsed)).Take(1));
        if (sentences.Count > 0)
            sentences[^1] += command is RootCommand ? " See 'descent --help'." : $" See 'descent {command.Name} --help'.";
        return sentences;
    }

    static string Unknown(string word, Command command)
    {
        if (FitOptionSet.Answer(word.Split('=')[0], command.Name) is { } answer) return answer;
        if (word.Length > 1 && word[0] == '-') return $"the option '{word}' is not known.{Nearest.Question(word, OptionNames(command))}";
        if (command is not RootCommand) return $"'{word}' is one word too many.";
        return $"there is no command '{word}'.{Nearest.Question(word, Names(command.Subcommands))}";
    }

    static string Sentence(ParseError e, ParseResult parsed) => e.SymbolResult switch
    {
        OptionResult o => Option(o, e),
        ArgumentResult a => $"{a.Argument.Name} is missing: {a.Argument.Description}",
        CommandResult c when c.Command is RootCommand => "a command is missing.",
        CommandResult c when Missing(c.Command, parsed) is { } what => what,
        _ => e.Message,
    };

    static string Option(OptionResult o, ParseError e)
    {
        string name = o.IdentifierToken?.Value ?? o.Option.Name;
        Type type = Nullable.GetUnderlyingType(o.Option.ValueType) ?? o.Option.ValueType;
        bool missing = o.Implicit || (o.Option.Required && o.IdentifierToken is null);
        if (o.Tokens.Count == 0) return $"{name} {(missing ? "is missing" : $"needs {Kind(type)}")}: {o.Option.Description}";
        string found = o.Tokens[^1].Value;
        if (o.Tokens.Count > 1 && !e.Message.Contains("parse", StringComparison.Ordinal))
            return $"{name} is given {o.Tokens.Count} values ({string.Join(", ", o.Tokens.Select(t => t.Value))}); expected one.";
        return $"{name} is '{found}'; expected {Kind(type)}.";
    }

    static string? Missing(Command command, ParseResult parsed)
    {
        foreach (Option o in command.Options)
            if (o.Required && parsed.GetResult(o) is null or { Implicit: true, Tokens.Count: 0 })
                return $"{o.Name} is missing: {o.Description}";
        return null;
    }

    static string Kind(Type type) => type == typeof(ulong) ? "a whole number from 0 to 18446744073709551615"
        : type == typeof(int) ? "a whole number up to 2147483647"
        : type == typeof(long) ? "a whole number up to 9223372036854775807"
        : type == typeof(double) ? "a number"
        : type == typeof(bool) ? "true or false, or nothing"
        : "a value";

    static IEnumerable<string> Names(IEnumerable<Command> commands) => commands.SelectMany(c => c.Aliases.Prepend(c.Name));

    /// <summary>The options of a command that the user can see.</summary>
    public static IEnumerable<string> OptionNames(Command command) => command.Options.Where(o => !o.Hidden)
        .SelectMany(o => o.Aliases.Prepend(o.Name));
}
