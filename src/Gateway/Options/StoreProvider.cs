namespace Avatar2D.Gateway.Options;

/// <summary>The database behind subscribers, avatars and jobs.</summary>
public enum StoreProvider
{
    /// <summary>A file in <see cref="StoreOptions.Folder"/>; one node.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server; several nodes share it, and a folder that all of them see.</summary>
    Postgresql,
}
