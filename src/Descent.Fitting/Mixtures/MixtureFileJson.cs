using System.Text.Json.Serialization;

namespace Descent.Fitting.Mixtures;

/// <summary>The serialiser, made at build time.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(MixtureFile))]
sealed partial class MixtureFileJson : JsonSerializerContext;
