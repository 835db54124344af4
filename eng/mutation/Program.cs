using System.Globalization;
using System.Text;
using Descent.Mutation;

if (args is ["worker", var at, var active, .. var assemblies])
{
    Worker.Serve(at, int.Parse(active, CultureInfo.InvariantCulture), assemblies);
    return 0;
}
if (args.Contains("--help"))
{
    Console.WriteLine("eng/mutate [--mutants N] [--seed N] [--workers N] [--only WORD] [--again] [--dry]\nPuts deliberate errors into the core one at a time and runs the tests that come by; prints the share that a test notices and those that none does. --again tries the last run's survivors only, after tests have been added.");
    return 0;
}
int Number(string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var i ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : otherwise;
string root = Directory.GetCurrentDirectory();
string only = Array.IndexOf(args, "--only") is >= 0 and var o ? args[o + 1] : "";
Campaign campaign = new(root, Number("--mutants", 400), Number("--seed", 1), Number("--workers", 2), only);
campaign.Prepare();
if (args.Contains("--dry")) return 0;
campaign.Record();
campaign.Run(args.Contains("--again"));
string report = campaign.Report(DateTime.UtcNow);
Console.WriteLine(report);
if (only.Length == 0) File.WriteAllText(Path.Combine(root, "eng", "mutation.md"), report, new UTF8Encoding(false));
return 0;
