namespace Avatar2D.Gateway.Subscribers;

/// <summary>Every problem that the API can answer with.</summary>
internal static class Problems
{
    public static readonly Problem InvalidRequest = new("invalid_request", 400, "The request cannot be read");
    public static readonly Problem InvalidIdentity = new("invalid_identity", 422, "An identity is not usable");
    public static readonly Problem InvalidValue = new("invalid_value", 422, "A value is out of its bounds");
    public static readonly Problem Unauthenticated = new("unauthenticated", 401, "A valid key is needed");
    public static readonly Problem Forbidden = new("forbidden", 403, "The key does not have the right");
    public static readonly Problem NotFound = new("not_found", 404, "There is no such thing");
    public static readonly Problem MethodNotAllowed = new("method_not_allowed", 405, "Not that way");
    public static readonly Problem BodyTypeUnknown = new("body_type_unknown", 415, "The body is of no type that is taken here");
    public static readonly Problem IdentityTaken = new("identity_taken", 409, "The identity belongs to another subscriber");
    public static readonly Problem AvatarNotReady = new("avatar_not_ready", 409, "The avatar is not ready");
    public static readonly Problem ConsentMissing = new("consent_missing", 409, "The person's consent is missing");
    public static readonly Problem WrongState = new("wrong_state", 409, "It does not go in this state");
    public static readonly Problem IdempotencyBusy = new("idempotency_in_progress", 409, "The first request with this key is still running");
    public static readonly Problem IdempotencyReused = new("idempotency_key_reused", 422, "The Idempotency-Key belongs to another request");
    public static readonly Problem VersionConflict = new("version_conflict", 412, "Somebody else has changed it meanwhile");
    public static readonly Problem UploadTooLarge = new("upload_too_large", 413, "The upload is too large");
    public static readonly Problem UploadTypeUnknown = new("upload_type_unknown", 415, "The file is of no type that can be used");
    public static readonly Problem UploadEmpty = new("upload_empty", 422, "The upload is empty");
    public static readonly Problem UploadLengthNeeded = new("upload_length_needed", 411, "The length of the upload is needed");
    public static readonly Problem UploadRange = new("upload_range_mismatch", 416, "The range does not fit what is there");
    public static readonly Problem UploadChecksum = new("upload_checksum_mismatch", 422, "The bytes are not those that were announced");
    public static readonly Problem QuotaExceeded = new("quota_exceeded", 409, "The quota is used up");
    public static readonly Problem RateLimited = new("rate_limited", 429, "Too many requests");
    public static readonly Problem Internal = new("internal_error", 500, "Something broke on our side");
    public static readonly Problem StoreUnavailable = new("store_unavailable", 503, "The store cannot be reached");
    public static readonly Problem DiskFull = new("disk_full", 507, "The disk is full");

    /// <summary>All of them, in the order of their status.</summary>
    public static IReadOnlyList<Problem> All { get; } =
        [.. typeof(Problems).GetFields().Select(field => field.GetValue(null)).OfType<Problem>().OrderBy(problem => problem.Status)];
}
