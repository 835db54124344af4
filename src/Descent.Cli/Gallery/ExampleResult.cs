using Descent.Reports.Charts;

namespace Descent.Cli.Gallery;

/// <summary>What an example found.</summary>
/// <param name="Rows">What, notes' number, independent number, ours.</param>
/// <param name="Charts">Its pictures.</param>
/// <param name="Remark">A sentence on what is seen.</param>
sealed record ExampleResult(IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<Chart> Charts, string Remark);
