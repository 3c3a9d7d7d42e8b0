using System.Data.Common;
using Dapper;

namespace Avatar2D.Gateway.Subscribers.Storage;

/// <summary>One connection for the length of one piece of work; SQL with named parameters, rows as records.</summary>
internal sealed class StoreConnection(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
{
    /// <summary>All rows.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? values = null) =>
        (await connection.QueryAsync<T>(Command(sql, values))).AsList();

    /// <summary>The first row, or null.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? values = null) => connection.QueryFirstOrDefaultAsync<T>(Command(sql, values));

    /// <summary>The first value of the first row.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? values = null) => connection.ExecuteScalarAsync<T>(Command(sql, values));

    /// <summary>Changes rows.</summary>
    /// <returns>How many were changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? values = null) => connection.ExecuteAsync(Command(sql, values));

    private CommandDefinition Command(string sql, object? values) => new(sql, values, transaction, cancellationToken: cancellationToken);
}
