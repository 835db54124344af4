using System.Text.Json.Serialization;

namespace Descent.Fitting.ModelFiles;

/// <summary>Serialisers made at build time, so that starting up costs nothing.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ModelFile))]
[JsonSerializable(typeof(ModelHead))]
sealed partial class ModelJson : JsonSerializerContext;
