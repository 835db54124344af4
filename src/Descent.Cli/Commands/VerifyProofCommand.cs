using System.CommandLine;
using Descent.Cli.Output;

namespace Descent.Cli.Commands;

/// <summary><c>descent verify-proof</c>.</summary>
static class VerifyProofCommand
{
    public static Command Build()
    {
        Argument<string> proof = new("PROOF") { Description = "Proof written by fit --proof." };
        Argument<string[]> data =
            new("DATA") { Description = "The data of the fit; - for standard input.", Arity = ArgumentArity.OneOrMore };
        Option<bool> quiet = new("--quiet", "-q") { Description = "Print nothing when the proof holds." };
        Command command = new("verify-proof", "Reads the data again and confirms, in exact and outward-rounded arithmetic, how far a "
            + "fit is from its optimum.\n\nExit code 0: the proof holds. 2: it does not, and what differs is said.\n\nExamples:\n  "
            + "descent fit iris.csv --target species=setosa --features sepal_length --model logistic --proof iris.proof.json\n  "
            + "descent verify-proof iris.proof.json iris.csv") { proof, data, quiet };
        command.SetAction(p => Run(p.GetValue(proof)!, p.GetValue(data)!, p.GetValue(quiet)));
        return command;
    }

    static int Run(string path, string[] data, bool quiet)
    {
        foreach (string d in data)
            if (d.Length > 1 && d[0] == '-')
                throw new UsageException($"the option '{d}' is not known. 'descent verify-proof --help' lists them all.");
        ProofFile proof = ProofFile.Load(path);
        if (ProofChecker.Refusal(proof, data, Sources.KnownForms.All) is { } why)
        {
            Console.Error.WriteLine($"descent: {path}: not proved. {why}");
            return ExitCode.BadData;
        }
        if (!quiet)
            Console.Out.WriteLine($"Proved: F(w) − inf F ≤ {proof.Bound} for the {proof.Problem.Model} model of {proof.Problem.Target} "
                + $"on {Text.Plural(proof.Data.Train?.Length ?? proof.Data.Rows, "row")}; F(w) = {proof.Objective}.");
        return ExitCode.Done;
    }
}
