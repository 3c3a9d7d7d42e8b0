namespace Avatar2D.Gateway.Fuzzing;

/// <summary>An input that failed.</summary>
/// <param name="Number">With the seed it makes the input again.</param>
/// <param name="Kind">Type of the exception, "hang" or "memory".</param>
/// <param name="Text">What happened, where.</param>
internal sealed record FuzzFailure(long Number, string Kind, string Text);
