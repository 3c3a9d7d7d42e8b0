namespace Avatar2D.Gateway.Subscribers.Uploads;

/// <summary>Where an upload stands after a range: more is wanted, or it has become an avatar with a job.</summary>
/// <param name="Upload">The upload with the bytes that are there.</param>
/// <param name="Avatar">The avatar once all bytes are there.</param>
/// <param name="JobId">The job that registers it.</param>
internal sealed record UploadResult(Upload Upload, SubscriberAvatar? Avatar, string? JobId);
