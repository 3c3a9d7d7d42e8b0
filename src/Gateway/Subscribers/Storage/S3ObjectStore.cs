using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Subscribers.Storage;

/// <summary>An object store that speaks Amazon's S3: MinIO, Ceph, Garage, or Amazon's own. Any thread.</summary>
internal sealed class S3ObjectStore : IObjectStore, IDisposable
{
    /// <summary>Rounds of looking and erasing: what another node writes meanwhile goes too.</summary>
    private const int EraseRounds = 3;

    private readonly ObjectStoreOptions _options;
    private readonly AmazonS3Client _client;

    /// <summary>Prepares the client; nothing is asked of the store yet.</summary>
    public S3ObjectStore(ObjectStoreOptions options)
    {
        _options = options;
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            ForcePathStyle = true, // Buckets as host names need a DNS of their own.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, // Not all servers know the newer checksums.
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
        };
        if (options.Endpoint.Length > 0)
            config.ServiceURL = options.Endpoint;
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        _client = options.AccessKeyId.Length > 0
            ? new AmazonS3Client(new BasicAWSCredentials(options.AccessKeyId, options.SecretAccessKey), config)
            : new AmazonS3Client(config);
    }

    /// <summary>The object store that the settings name; null for none.</summary>
    public static S3ObjectStore? From(ObjectStoreOptions options) => options.Bucket.Length > 0 ? new S3ObjectStore(options) : null;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Asks for the bucket, so that a wrong setting is told at the start.</summary>
    /// <exception cref="ObjectStoreException">It is not there, or not for this key.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) => ListAsync("-", cancellationToken);

    /// <inheritdoc/>
    public Task PutAsync(string key, Stream bytes, CancellationToken cancellationToken) => SayAsync(
        async () =>
        {
            bytes.Position = 0;
            var request = new PutObjectRequest
            {
                BucketName = _options.Bucket, Key = _options.Prefix + key, InputStream = bytes, AutoCloseStream = false, AutoResetStreamPosition = true,
                UseChunkEncoding = false, // Not all servers take the frames of it off again.
            };
            await _client.PutObjectAsync(request, cancellationToken);
            return true;
        });

    /// <inheritdoc/>
    public Task<bool> TryGetAsync(string key, string path, CancellationToken cancellationToken) => SayAsync(
        async () =>
        {
            try
            {
                using GetObjectResponse response = await _client.GetObjectAsync(_options.Bucket, _options.Prefix + key, cancellationToken);
                await response.WriteResponseStreamToFileAsync(path, append: false, cancellationToken);
                return true;
            }
            catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
            {
                return false;
            }
        });

    /// <inheritdoc/>
    public Task<bool> EraseAsync(string key, CancellationToken cancellationToken) => SayAsync(
        async () =>
        {
            bool isGone = false;
            for (int round = 0; round < EraseRounds; round++)
            {
                bool isThere = await IsThereAsync(key, cancellationToken); // S3 says the same of what was never there.
                if (!isThere && round > 0)
                    break;
                await _client.DeleteObjectAsync(_options.Bucket, _options.Prefix + key, cancellationToken);
                isGone |= isThere;
            }

            return isGone;
        });

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) => SayAsync(() => KeysAsync(prefix, cancellationToken));

    private async Task<bool> IsThereAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await _client.GetObjectMetadataAsync(_options.Bucket, _options.Prefix + key, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = _options.Prefix + prefix };
        ListObjectsV2Response page;
        do
        {
            page = await _client.ListObjectsV2Async(request, cancellationToken);
            keys.AddRange((page.S3Objects ?? []).Select(o => o.Key[_options.Prefix.Length..]));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return keys;
    }

    private async Task<T> SayAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or TimeoutException)
        {
            string where = _options.Endpoint.Length > 0 ? _options.Endpoint : _options.Region;
            throw new ObjectStoreException($"the object store {where}, bucket {_options.Bucket}, says: {exception.Message} (section ObjectStore)", exception);
        }
    }
}
