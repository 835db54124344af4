using Descent.Measure;

House[] houses = [.. args.Select(a => new House(a))];
string[] names = [.. args.Select(a => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(a))))];
Console.WriteLine($"| src | {string.Join(" | ", names)} |\n|---|{string.Concat(names.Select(_ => "---|"))}");
foreach (var (what, of) in House.Numbers) Console.WriteLine($"| {what} | {string.Join(" | ", houses.Select(of))} |");
foreach (var (name, house) in names.Zip(houses))
{
    Console.WriteLine($"\n{name}, the longest functions:");
    foreach (Function f in house.Functions.OrderByDescending(f => f.Lines).Take(12)) Console.WriteLine($"  {f.Lines,4}  {f.Name}");
    foreach (string arrow in house.Back) Console.WriteLine($"  on a round trip: {arrow}");
}
