using System.Text.Json;
using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>Writes a <see cref="CallEndReason"/> as its tag, so that CDRs and metrics use one word.</summary>
internal sealed class CdrEndReasonConverter : JsonConverter<CallEndReason>
{
    /// <inheritdoc/>
    public override CallEndReason Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? tag = reader.GetString();
        return CallEndReasons.All.FirstOrDefault(i => i.Tag == tag)?.Reason ?? throw new JsonException($"\"{tag}\" is no end reason.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CallEndReason value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Info().Tag);
}
