using System.CommandLine;
using System.Text;
using Descent.Cli.Commands;
using Descent.Data;

namespace Descent.Cli;

/// <summary>The command line: parse, call, turn endings into exit codes.</summary>
static class Program
{
    static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        return Run(args);
    }

    /// <summary>Everything but the encoding of the console.</summary>
    public static int Run(string[] args)
    {
        RootCommand root = new("Descent fits models by stochastic and classical optimisation, and says how far from the optimum they are.")
        {
            FitCommand.Build(),
            PredictCommand.Build(),
            EvaluateCommand.Build(),
            InspectCommand.Build(),
            PlanCommand.Build(),
            TuneCommand.Build(),
            CompareCommand.Build(),
            DoctorCommand.Build(),
            MethodsCommand.Build(),
            GalleryCommand.Build(),
            VerifyProofCommand.Build(),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var e in parsed.Errors) Console.Error.WriteLine("descent: " + e.Message);
            Console.Error.WriteLine("descent: see 'descent --help' or 'descent COMMAND --help'.");
            return ExitCode.Usage;
        }
        return Guarded(() => parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
    }

    /// <summary>Runs a command; user errors become one message and an exit code, never a stack trace.</summary>
    static int Guarded(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (UsageException e)
        {
            return Fail(e.Message, ExitCode.Usage);
        }
        catch (DataException e)
        {
            return Fail(e.Message, ExitCode.BadData);
        }
        catch (OutOfMemoryException)
        {
            return Fail("the data does not fit in memory. Fewer features (--features) or rows help.", ExitCode.BadData);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message, ExitCode.BadData);
        }
    }

    static int Fail(string message, int code)
    {
        Console.Error.WriteLine("descent: " + message);
        return code;
    }
}
