namespace Avatar2D.Gateway.Subscribers.Storage;

/// <summary>Where several nodes keep the files of the store in common. An object is there whole or not at all.</summary>
internal interface IObjectStore
{
    /// <summary>Stores an object, over what may be there.</summary>
    /// <param name="key">Its name: parts of letters, digits, '-', '_' with '/' between them.</param>
    /// <param name="bytes">Read from its beginning to its end, and left open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ObjectStoreException">The store cannot be reached, or refuses.</exception>
    Task PutAsync(string key, Stream bytes, CancellationToken cancellationToken);

    /// <summary>Fetches an object into a new file.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="ObjectStoreException">The store cannot be reached, or refuses.</exception>
    Task<bool> TryGetAsync(string key, string path, CancellationToken cancellationToken);

    /// <summary>Erases an object.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="ObjectStoreException">The store cannot be reached, or refuses.</exception>
    Task<bool> EraseAsync(string key, CancellationToken cancellationToken);

    /// <summary>The keys that begin so.</summary>
    /// <exception cref="ObjectStoreException">The store cannot be reached, or refuses.</exception>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken);
}
