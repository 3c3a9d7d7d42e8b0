using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>How a report looks as JSON: camelCase, indented, statuses as words.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(JsonStringEnumConverter<DoctorStatus>)], WriteIndented = true)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorJson : JsonSerializerContext;
