using System.Text.Json;
using System.Text.Json.Serialization;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>Uses in lower case, as training reads them.</summary>
internal sealed class ClipUseConverter() : JsonStringEnumConverter<ClipUse>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
