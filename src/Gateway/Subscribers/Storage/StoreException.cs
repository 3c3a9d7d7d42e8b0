namespace Avatar2D.Gateway.Subscribers.Storage;

/// <summary>The store cannot be opened; the message is for the operator.</summary>
internal sealed class StoreException(string message, Exception inner) : Exception(message, inner);
