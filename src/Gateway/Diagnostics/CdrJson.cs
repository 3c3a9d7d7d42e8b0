using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>How records look as JSON: camelCase, one line, enums as words.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CallDetailRecord))]
internal sealed partial class CdrJson : JsonSerializerContext;
