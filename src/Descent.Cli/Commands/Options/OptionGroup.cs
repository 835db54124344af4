using System.CommandLine;

namespace Descent.Cli.Commands.Options;

/// <summary>Options that are declared together, each with its aliases and its help, and are read together.</summary>
abstract class OptionGroup
{
    readonly List<Option> all = [];

    /// <summary>The options, in the order of their declaration.</summary>
    public IReadOnlyList<Option> All => all;

    /// <summary>The options of another group, in their place.</summary>
    protected void Add(OptionGroup group) => all.AddRange(group.All);

    protected Option<string[]> List(string name, string description, params string[] aliases)
    {
        Option<string[]> option =
            new(name, aliases) { Description = description, AllowMultipleArgumentsPerToken = false, Arity = ArgumentArity.OneOrMore };
        all.Add(option);
        return option;
    }

    protected Option<T> Add<T>(string name, string description, T? otherwise = default, params string[] aliases)
    {
        Option<T> option = new(name, aliases) { Description = description };
        if (otherwise is not null && otherwise is not false) option.DefaultValueFactory = _ => otherwise;
        all.Add(option);
        return option;
    }

    protected Option<string?> Optional(string name, string description, params string[] aliases)
    {
        Option<string?> option = new(name, aliases) { Description = description };
        all.Add(option);
        return option;
    }
}
