namespace Avatar2D.Gateway.Learning;

/// <summary>The Python side of training is not on this machine; the message says what to install.</summary>
internal sealed class TrainingMissingException(string message) : Exception(message);
