using System.Text.Json;
using Avatar2D.Gateway.Subscribers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>
/// The body of UpdateBaseAvatarModel by PATCH (3GPP TS 26.264 Annex B): multipart/mixed (RFC 2046 §5.1.3) of the list of assets that are
/// replaced and their bytes. A 2D avatar has one asset, the photo or video that it was made of.
/// </summary>
internal static class BarPatch
{
    /// <summary>The asset's id.</summary>
    public const string SourceAsset = "source";

    private const int MaxListBytes = 4096;
    private const int BufferBytes = 128 * 1024;

    /// <summary>Reads the new source into a file.</summary>
    /// <param name="request">With its body unread.</param>
    /// <param name="path">A new file.</param>
    /// <param name="maxBytes">Longest source.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProblemException">It is no such body, names other assets, or is too long.</exception>
    public static async Task ReadSourceAsync(HttpRequest request, string path, long maxBytes, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || type.MediaType != "multipart/mixed" || type.Boundary.Length == 0)
            throw Problems.BodyTypeUnknown.With("PATCH takes multipart/mixed with a boundary: the list of assets as application/json, then their bytes. PUT replaces the whole container.");
        try
        {
            var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), request.Body);
            MultipartSection list = await reader.ReadNextSectionAsync(cancellationToken) ?? throw Missing("the list of assets");
            await RequireSourceAsync(list, cancellationToken);
            MultipartSection source = await reader.ReadNextSectionAsync(cancellationToken) ?? throw Missing("the bytes of the asset \"source\"");
            await using (FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous))
                await CopyAsync(source.Body, file, maxBytes, cancellationToken);
            if (await reader.ReadNextSectionAsync(cancellationToken) is not null)
                throw Problems.InvalidRequest.With("There are more parts than assets in the list.");
        }
        catch (Exception damaged) when (damaged is InvalidDataException || (damaged is IOException && damaged is not BadHttpRequestException && damaged.Message.StartsWith("Unexpected end", StringComparison.Ordinal)))
        {
            throw Problems.InvalidRequest.With($"The body is no whole multipart/mixed: {damaged.Message}");
        }
    }

    private static ProblemException Missing(string part) => Problems.InvalidRequest.With($"A part is missing: {part}.");

    private static async Task RequireSourceAsync(MultipartSection list, CancellationToken cancellationToken)
    {
        byte[] text = new byte[MaxListBytes];
        int length = await list.Body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken);
        string?[] ids;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.AsMemory(0, length));
            ids = [.. document.RootElement.GetProperty("assetIds").EnumerateArray().Select(id => id.GetString())];
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Problems.InvalidRequest.With("The first part is the list of assets, as {\"assetIds\":[\"source\"]}.");
        }

        if (ids is not [SourceAsset])
            throw Problems.InvalidValue.With($"A 2D avatar has one asset, \"{SourceAsset}\"; the list names {(ids.Length == 0 ? "none" : string.Join(", ", ids))}.");
    }

    private static async Task CopyAsync(Stream from, FileStream to, long maxBytes, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        for (long all = 0; ;)
        {
            int read = await from.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                return;
            if ((all += read) > maxBytes)
                throw Problems.UploadTooLarge.With($"The asset is longer than the {maxBytes} bytes that are taken (Api:MaxUploadMegabytes).");
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
