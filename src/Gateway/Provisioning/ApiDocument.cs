using Avatar2D.Gateway.Provisioning.Routes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Avatar2D.Gateway.Provisioning;

/// <summary>The OpenAPI 3.1 document: made from the routes, with their examples and problems.</summary>
internal static class ApiDocument
{
    private const string KeyScheme = "key";

    /// <summary>Sets up the document.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Avatar2D provisioning API",
                Version = "v1",
                Description = "Subscribers and the avatars that their calls show. Every request carries Authorization: Bearer KEY. Errors are problem documents "
                    + "(RFC 9457) whose code does not change. POST takes an Idempotency-Key; answers with an ETag take If-Match.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An operator's key, or a subscriber's token." },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteFile>().FirstOrDefault() is { } file)
                operation.RequestBody = new OpenApiRequestBody { Required = true, Content = file.MediaTypes.ToDictionary(type => type, _ => new OpenApiMediaType()) };
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteExample>().FirstOrDefault() is { } example)
                AddExample(operation, example);
            operation.Responses ??= [];
            operation.Responses.TryAdd("default", new OpenApiResponse
            {
                Description = "A problem document (RFC 9457).",
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType() },
            });
            return Task.CompletedTask;
        });
    }

    private static void AddExample(OpenApiOperation operation, RouteExample example)
    {
        if (example.Request is { } request && operation.RequestBody?.Content?.TryGetValue("application/json", out OpenApiMediaType? asked) == true)
            asked.Example = request.DeepClone();
        if (example.Response is { } response && operation.Responses?.FirstOrDefault(r => r.Key.StartsWith('2')).Value?.Content?.TryGetValue("application/json", out OpenApiMediaType? answer) == true)
            answer.Example = response.DeepClone();
    }
}
