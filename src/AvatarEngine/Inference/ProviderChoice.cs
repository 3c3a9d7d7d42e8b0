namespace Avatar2D.AvatarEngine.Inference;

/// <summary>The provider in use and why it is that one.</summary>
/// <param name="Provider">What computes.</param>
/// <param name="Reason">One sentence for the log and for doctor.</param>
/// <param name="IsFallback">True when it is less than was asked for.</param>
public sealed record ProviderChoice(ExecutionProvider Provider, string Reason, bool IsFallback);
