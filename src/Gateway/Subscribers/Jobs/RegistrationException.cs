namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>Registration broke; the message is for the operator.</summary>
internal sealed class RegistrationException(string message) : Exception(message);
