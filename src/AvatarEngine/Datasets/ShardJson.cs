using System.Text.Json.Serialization;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>JSON of the shards.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(ClipUseConverter)])]
[JsonSerializable(typeof(ClipRecord))]
[JsonSerializable(typeof(FilmRecord))]
internal sealed partial class ShardJson : JsonSerializerContext;
