using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>Where subscribers, avatars, consents and jobs are kept.</summary>
public sealed record StoreOptions
{
    /// <summary>The database: a SQLite file for one node, or PostgreSQL for several.</summary>
    /// <value>Default: sqlite. Unit: one of sqlite, postgresql.</value>
    public StoreProvider Provider { get; init; } = StoreProvider.Sqlite;

    /// <summary>
    /// Folder of the database file, the uploads and the avatar packages. With postgresql all nodes must see the same folder,
    /// unless they share an object store (section ObjectStore). It holds faces of people: back it up and guard it as such. A relative path starts at the working directory.
    /// </summary>
    /// <value>Default: out/store. Unit: folder path.</value>
    [StringLength(4096, MinimumLength = 1)]
    public string Folder { get; init; } = "out/store";

    /// <summary>How PostgreSQL is reached, in Npgsql's words: Host=...;Username=...;Password=...;Database=.... Unused with sqlite.</summary>
    /// <value>Default: empty. Unit: connection string.</value>
    public string ConnectionString { get; init; } = "";

    /// <summary>An upload that would leave less room on the disk of <see cref="Folder"/> is answered with 507 and not begun.</summary>
    /// <value>Default: 500. Unit: MB (1,000,000 bytes).</value>
    [Range(0, 1000000)]
    public int MinFreeMegabytes { get; init; } = 500;

    /// <summary>How often a node looks for what other nodes have changed; its own changes it knows at once.</summary>
    /// <value>Default: 2. Unit: seconds.</value>
    [Range(1, 60)]
    public int PollSeconds { get; init; } = 2;
}
