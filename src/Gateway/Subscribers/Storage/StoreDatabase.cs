using System.Data.Common;
using System.Globalization;
using Avatar2D.Gateway.Options;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Avatar2D.Gateway.Subscribers.Storage;

/// <summary>
/// The database behind one seam: SQLite and PostgreSQL are the same <see cref="DbDataSource"/> from here on. Any thread; a
/// write is on the disk when its task completes.
/// </summary>
internal sealed class StoreDatabase : IAsyncDisposable
{
    /// <summary>
    /// Takes PostgreSQL's lock of the one who writes (269813 is its number), for all nodes, until the transaction ends. A node that
    /// vanishes within a write loses the lock after 20 s, before another has waited in vain for Npgsql's 30 s.
    /// </summary>
    private const string WriterLock = "SET LOCAL idle_in_transaction_session_timeout = 20000; SELECT pg_advisory_xact_lock(269813)";

    private readonly DbDataSource _source;
    private readonly bool _isPostgres;

    static StoreDatabase()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new UnixMillisecondsHandler());
    }

    private StoreDatabase(DbDataSource source, bool isPostgres)
    {
        _source = source;
        _isPostgres = isPostgres;
    }

    /// <summary>Runs after every write, before its task completes: what was written is known everywhere in this process then.</summary>
    public Func<Task> AfterWrite { get; set; } = () => Task.CompletedTask;

    /// <summary>Opens the store that the settings name and brings its tables up to date.</summary>
    /// <exception cref="StoreException">It cannot be opened; the message says what to do.</exception>
    public static async Task<StoreDatabase> OpenAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        bool isPostgres = options.Provider == StoreProvider.Postgresql;
        StoreDatabase? database = null;
        try
        {
            database = new StoreDatabase(isPostgres ? NpgsqlDataSource.Create(options.ConnectionString) : Sqlite(options.Folder), isPostgres);
            await database.MigrateAsync(cancellationToken);
            return database;
        }
        catch (Exception exception) when (exception is DbException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            if (database is not null)
                await database.DisposeAsync();
            string place = isPostgres ? "PostgreSQL (Store:ConnectionString)" : $"the store in {options.Folder} (Store:Folder)";
            throw new StoreException($"{place} cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>Reads; what is read in one call is not cut by a snapshot.</summary>
    public async Task<T> ReadAsync<T>(Func<StoreConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await _source.OpenConnectionAsync(cancellationToken);
        return await work(new StoreConnection(connection, null, cancellationToken));
    }

    /// <summary>
    /// Writes all of it or nothing. One writes at a time, in all nodes, as SQLite has it anyway: what a write has looked at is still so when
    /// it commits.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<StoreConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        T result;
        await using (DbConnection connection = await _source.OpenConnectionAsync(cancellationToken))
        await using (DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            var db = new StoreConnection(connection, transaction, cancellationToken);
            if (_isPostgres)
                await db.ExecuteAsync(WriterLock);
            result = await work(db);
            await transaction.CommitAsync(cancellationToken);
        }

        await AfterWrite();
        return result;
    }

    /// <summary>Writes all of it or nothing.</summary>
    public Task WriteAsync(Func<StoreConnection, Task> work, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            await work(db);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static DbDataSource Sqlite(string folder)
    {
        Directory.CreateDirectory(folder);
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, "store.db"),
            ForeignKeys = true,
            DefaultTimeout = 30, // Seconds that a writer waits for another one.
        };
        return SqliteFactory.Instance.CreateDataSource(text.ToString());
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await _source.OpenConnectionAsync(cancellationToken);
        if (!_isPostgres)
            await connection.ExecuteAsync("PRAGMA journal_mode = WAL"); // Readers and the writer do not wait for each other; synchronous stays FULL.
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        var db = new StoreConnection(connection, transaction, cancellationToken);
        if (_isPostgres)
            await db.ExecuteAsync(WriterLock); // Nodes that start together migrate one after the other.
        await db.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
        long version = await db.ScalarAsync<long?>("SELECT version FROM schema_version") ?? 0;
        if (version > StoreSchema.Migrations.Count)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"it was written by a newer program (schema {version}, this program knows {StoreSchema.Migrations.Count})"));
        }

        string serial = _isPostgres ? "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY" : "INTEGER PRIMARY KEY AUTOINCREMENT";
        foreach (string migration in StoreSchema.Migrations.Skip((int)version))
            await db.ExecuteAsync(migration.Replace(StoreSchema.Serial, serial, StringComparison.Ordinal));
        await db.ExecuteAsync("DELETE FROM schema_version");
        await db.ExecuteAsync("INSERT INTO schema_version (version) VALUES (@Version)", new { Version = (long)StoreSchema.Migrations.Count });
        await transaction.CommitAsync(cancellationToken);
    }
}
