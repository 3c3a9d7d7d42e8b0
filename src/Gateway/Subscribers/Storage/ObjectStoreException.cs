namespace Avatar2D.Gateway.Subscribers.Storage;

/// <summary>The object store cannot be reached, or refuses; the message is for the operator. Trying again later may help.</summary>
internal sealed class ObjectStoreException(string message, Exception inner) : Exception(message, inner);
