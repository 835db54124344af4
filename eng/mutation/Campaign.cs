using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Descent.Mutation;

/// <summary>Chooses mutants, builds them all at once, finds out which tests reach which, and tries each on its tests.</summary>
sealed class Campaign(string root, int count, int seed, int workers, string only)
{
    static readonly string[] CoreFolders = ["src/Descent/Rules", "src/Descent/Estimators", "src/Descent/Algorithms", "src/Descent/StepSizes", "src/Descent/Sets", "src/Descent/Guarantees"];
    static readonly string[] ModelFolders = ["src/Descent.Models/Certificates", "src/Descent.Models/Linear"];
    // Tests of more seconds are left out: a survivor costs the time of all its tests.
    const double Longest = 5;
    static readonly string[] TestAssemblies = ["Descent.Tests", "Descent.Models.Tests", "Descent.Theory"];

    readonly string bin = Path.Combine(root, "artifacts", "mutation");
    readonly Stopwatch watch = Stopwatch.StartNew();
    readonly ConcurrentDictionary<int, string> killers = new();
    readonly Dictionary<int, (double Seconds, string Name, HashSet<int> Reached)> tests = [];
    List<Mutant> mutants = [];
    int failing, candidates;

    /// <summary>Copies the finished test builds together and compiles the two libraries anew with the mutants in them.</summary>
    public void Prepare()
    {
        if (Directory.Exists(bin)) Directory.Delete(bin, true);
        Directory.CreateDirectory(bin);
        foreach (string test in TestAssemblies)
        {
            string built = Path.Combine(root, "artifacts", "bin", test, "debug");
            foreach (string file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
            {
                string target = Path.Combine(bin, Path.GetRelativePath(built, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, true);
            }
        }
        // The models are read after the core has been written, so that they see the switch in it.
        Library core = new(root, "Descent", "Descent.Core", bin), models = new(root, "Descent.Models", "Descent.Models", bin);
        candidates = Candidates(core, CoreFolders).Sum(f => f.Length) + Candidates(models, ModelFolders).Sum(f => f.Length);
        List<Mutant> ofCore = Choose(core, CoreFolders);
        int most = ofCore.Count + count;
        Number(ofCore, 0);
        ofCore = core.Emit(ofCore, Schemata.Switch(most), Path.Combine(bin, "Descent.Core.dll"));
        models = new Library(root, "Descent.Models", "Descent.Models", bin);
        List<Mutant> ofModels = Choose(models, ModelFolders);
        Number(ofModels, most - count);
        ofModels = models.Emit(ofModels, null, Path.Combine(bin, "Descent.Models.dll"));
        mutants = [.. ofCore, .. ofModels];
        Say($"{mutants.Count} mutants compiled of {candidates} candidates");
    }

    /// <summary>Runs every test once on the unchanged program, to see which mutants it comes by and how long it takes.</summary>
    public void Record()
    {
        using WorkerProcess worker = new(bin, TestAssemblies);
        worker.Begin();
        foreach (string line in worker.Record())
        {
            string[] words = line.Split(' ');
            if (words[2] == "0")
            {
                failing++;
                Say($"fails on the unchanged program and is left out: {words[4]}");
                continue;
            }
            tests[int.Parse(words[1], CultureInfo.InvariantCulture)] = (double.Parse(words[3], CultureInfo.InvariantCulture), words[4],
                [.. words[5].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(k => int.Parse(k, CultureInfo.InvariantCulture))]);
        }
        Say($"{tests.Count} tests, {tests.Values.Sum(t => t.Seconds):F0} s of processor time; longest {string.Join(", ", tests.Values.OrderByDescending(t => t.Seconds).Take(3).Select(t => $"{t.Name} {t.Seconds:F1}"))}");
    }

    /// <summary>Each mutant on its tests, fastest first; those that survive in static members once more in a process of their own.</summary>
    /// <param name="again">Only the survivors of the last run: more tests notice no less, as long as the libraries are the same.</param>
    public void Run(bool again)
    {
        string path = Path.Combine(root, "artifacts", "mutation-survivors.txt"), sources = Sources();
        if (again && File.Exists(path) && File.ReadLines(path).FirstOrDefault() == sources)
        {
            HashSet<string> survivors = [.. File.ReadLines(path).Skip(1)];
            foreach (Mutant m in mutants)
                if (!survivors.Contains(m.Key)) killers[m.Id] = "earlier";
            Say($"{killers.Count} were noticed by the run before");
        }
        Sweep([.. mutants.Where(m => !killers.ContainsKey(m.Id))], false);
        Sweep([.. mutants.Where(m => m.IsStatic && !killers.ContainsKey(m.Id))], true);
        File.WriteAllLines(path, [sources, .. mutants.Where(m => !killers.ContainsKey(m.Id)).Select(m => m.Key)]);
        Say("done");
    }

    // Text of the two libraries and of what was chosen of them.
    string Sources()
    {
        ulong h = Hash($"{seed}|{count}|{only}");
        foreach (string project in (string[])["Descent", "Descent.Models"])
            foreach (string path in Directory.EnumerateFiles(Path.Combine(root, "src", project), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) h = (h * 31) ^ Hash(File.ReadAllText(path));
        return string.Create(CultureInfo.InvariantCulture, $"{h:x16}");
    }

    void Sweep(IReadOnlyList<Mutant> all, bool fresh)
    {
        ConcurrentQueue<Mutant> left = new(all);
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(_ => new Thread(() =>
        {
            using WorkerProcess worker = new(bin, TestAssemblies);
            while (left.TryDequeue(out Mutant? m))
            {
                (int Test, double Seconds)[] own = [.. Covering(m).Select(t => (t, tests[t].Seconds)).Where(t => t.Seconds <= Longest)];
                if (own.Length > 0 && worker.Run(m.Id, own, fresh) is { } killer) killers[m.Id] = killer;
                if (!killers.ContainsKey(m.Id)) Say($"survives: {m.Key}");
                if (left.Count % 50 == 0) Say($"{left.Count} to go, {killers.Count} noticed");
            }
        }))];
        foreach (Thread t in threads) t.Start();
        foreach (Thread t in threads) t.Join();
    }

    int[] Covering(Mutant m) => [.. tests.Where(t => t.Value.Reached.Contains(m.Id)).OrderBy(t => t.Value.Seconds).Select(t => t.Key)];

    public string Report(DateTime now)
    {
        Dictionary<string, string> reasons = Reasons();
        StringBuilder page = new();
        double share = (double)killers.Count / mutants.Count;
        page.Append(CultureInfo.InvariantCulture, $"# Mutation run\n\n{now:yyyy-MM-dd}, seed {seed}, {mutants.Count} mutants of {candidates} candidates: **{killers.Count} noticed ({share:P1})**.\n\n");
        page.Append(CultureInfo.InvariantCulture, $"`eng/mutate` writes this page. Tests: {string.Join(", ", TestAssemblies)} ({tests.Count} cases{(failing > 0 ? $", {failing} left out because they fail on the unchanged program" : "")}{(tests.Values.Count(t => t.Seconds > Longest) is > 0 and var slow ? $", {slow} because they take more than {Longest} s" : "")}). ");
        page.Append(CultureInfo.InvariantCulture, $"By a time-out {killers.Values.Count(k => k == "time-out")}, by a crash {killers.Values.Count(k => k == "crash")}, else by a failed test. ");
        page.Append("Reasons stand in `eng/mutation/reasons.txt`, one line a mutant.\n\n| folder | mutants | noticed | share |\n|---|---|---|---|\n");
        foreach (var folder in mutants.GroupBy(m => m.Folder).OrderBy(f => f.Key, StringComparer.Ordinal))
            page.Append(CultureInfo.InvariantCulture, $"| {folder.Key} | {folder.Count()} | {folder.Count(m => killers.ContainsKey(m.Id))} | {(double)folder.Count(m => killers.ContainsKey(m.Id)) / folder.Count():P0} |\n");
        page.Append("\n| operator | mutants | noticed |\n|---|---|---|\n");
        foreach (var kind in mutants.GroupBy(m => m.Operator).OrderBy(f => f.Key, StringComparer.Ordinal)) page.Append(CultureInfo.InvariantCulture, $"| {kind.Key} | {kind.Count()} | {kind.Count(m => killers.ContainsKey(m.Id))} |\n");
        page.Append("\n## Survivors\n\n| where | change | tests that come by | reason |\n|---|---|---|---|\n");
        foreach (Mutant m in mutants.Where(m => !killers.ContainsKey(m.Id)).OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Line))
            page.Append(CultureInfo.InvariantCulture, $"| {m.File[4..]}:{m.Line} | `{Cell(m.Original)}` → `{Cell(m.Changed.Length == 0 ? "(removed)" : m.Changed)}` | {Covering(m).Length} | {reasons.GetValueOrDefault(m.Key, "open")} |\n");
        return page.ToString();
    }

    // The same mutants are chosen again when lines move or other files change: their order is that of a hash of what they are.
    List<Mutant> Choose(Library library, string[] folders)
    {
        List<Mutant> chosen = [];
        foreach (Mutant[] folder in Candidates(library, folders))
        {
            Dictionary<string, int> seen = [];
            int share = Math.Max(20, (int)Math.Round((double)count * folder.Length / candidates));
            chosen.AddRange(folder.Where(m => m.File.Contains(only, StringComparison.OrdinalIgnoreCase)).Select(m =>
            {
                int nth = seen[m.Key] = seen.GetValueOrDefault(m.Key) + 1;
                return (Mutant: m, Order: Hash($"{seed}|{m.Key}|{nth}"));
            }).OrderBy(p => p.Order).Take(share).Select(p => p.Mutant));
        }
        return chosen;
    }

    Mutant[][] Candidates(Library library, string[] folders) => [.. folders.Select(f => library.Candidates(root, f).ToArray())];

    static void Number(List<Mutant> list, int from)
    {
        foreach (Mutant m in list) m.Id = from++;
    }

    static ulong Hash(string text)
    {
        ulong h = 14695981039346656037;
        foreach (char c in text) h = (h ^ c) * 1099511628211;
        h ^= h >> 32;
        h *= 0xd6e8feb86659fd93;
        return h ^ (h >> 32);
    }

    Dictionary<string, string> Reasons()
    {
        string path = Path.Combine(root, "eng", "mutation", "reasons.txt");
        return !File.Exists(path) ? [] : File.ReadLines(path).Select(l => l.Split(" ==> ")).Where(p => p.Length == 2).DistinctBy(p => p[0]).ToDictionary(p => p[0].Trim(), p => p[1].Trim());
    }

    static string Cell(string text)
    {
        string line = string.Join(' ', text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal);
        return line.Length > 120 ? line[..117] + "…" : line;
    }

    void Say(string what) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{watch.Elapsed.TotalSeconds,6:F0} s] {what}"));
}
