using System.Text.Json.Nodes;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Example bodies of a route.</summary>
/// <param name="Request">Body of the request.</param>
/// <param name="Response">Body of the good answer.</param>
internal sealed record RouteExample(JsonNode? Request, JsonNode? Response);
