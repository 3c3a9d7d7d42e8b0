using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>An object store (Amazon S3, or what speaks like it: MinIO, Ceph, Garage) that several nodes share instead of a folder.</summary>
public sealed record ObjectStoreOptions
{
    /// <summary>Name of the bucket that takes sources, avatar packages and models; empty: no object store, Store:Folder is all.</summary>
    /// <value>Default: empty. Unit: bucket name.</value>
    public string Bucket { get; init; } = "";

    /// <summary>Where the store answers, as https://s3.example.com:9000; empty: Amazon's own, by the region.</summary>
    /// <value>Default: empty. Unit: URL of a host.</value>
    public string Endpoint { get; init; } = "";

    /// <summary>The region that requests are signed for.</summary>
    /// <value>Default: us-east-1. Unit: region name.</value>
    [StringLength(64, MinimumLength = 1)]
    public string Region { get; init; } = "us-east-1";

    /// <summary>Every key begins with this, so that others can use the bucket too.</summary>
    /// <value>Default: empty. Unit: beginning of a key, as avatars/.</value>
    public string Prefix { get; init; } = "";

    /// <summary>Access key; empty: what the environment gives (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, a role of the machine).</summary>
    /// <value>Default: empty. Unit: key id.</value>
    public string AccessKeyId { get; init; } = "";

    /// <summary>Secret of the access key. Better left out of files: leave both empty and give them by the environment.</summary>
    /// <value>Default: empty. Unit: secret.</value>
    public string SecretAccessKey { get; init; } = "";

    /// <summary>How long a request may go unanswered.</summary>
    /// <value>Default: 30. Unit: seconds.</value>
    [Range(1, 600)]
    public int TimeoutSeconds { get; init; } = 30;
}
