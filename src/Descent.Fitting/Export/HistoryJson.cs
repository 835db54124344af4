using System.Text.Json.Serialization;
using Descent.Diagnosis;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>Serialisers of a history made at build time, so that a native executable reads and writes it too.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(OutcomeNames)],
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CaseHistory))]
sealed partial class HistoryJson : JsonSerializerContext
{
    /// <summary>Outcomes by their names alone: a number could be none of them.</summary>
    sealed class OutcomeNames() : JsonStringEnumConverter<OutcomeKind>(namingPolicy: null, allowIntegerValues: false);
}
