using System.Text.Json;
using System.Text.Json.Serialization;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>JSON of the packages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(CamelCase<AvatarKind>), typeof(CamelCase<LoopJoin>), typeof(TransformConverter)])]
[JsonSerializable(typeof(AvatarManifest))]
internal sealed partial class AvatarJson : JsonSerializerContext
{
    /// <summary>Names of an enumeration in camelCase, no numbers.</summary>
    internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
        where T : struct, Enum;

    /// <summary>A transform as [a, b, tx, ty]: millionths of the scale, ten-thousandths of a pixel.</summary>
    internal sealed class TransformConverter : JsonConverter<PatchTransform>
    {
        /// <inheritdoc/>
        public override PatchTransform Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Span<double> four = stackalloc double[4];
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException("a transform is [a, b, tx, ty]");
            for (int i = 0; i < four.Length; i++)
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !double.IsFinite(four[i] = reader.GetDouble()))
                    throw new JsonException("a transform is [a, b, tx, ty]");
            }

            return reader.Read() && reader.TokenType == JsonTokenType.EndArray
                ? new PatchTransform(four[0], four[1], four[2], four[3])
                : throw new JsonException("a transform is [a, b, tx, ty]");
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, PatchTransform value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(Math.Round(value.A, 6));
            writer.WriteNumberValue(Math.Round(value.B, 6));
            writer.WriteNumberValue(Math.Round(value.Tx, 4));
            writer.WriteNumberValue(Math.Round(value.Ty, 4));
            writer.WriteEndArray();
        }
    }
}
