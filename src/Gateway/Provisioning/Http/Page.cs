using Avatar2D.Gateway.Subscribers;

namespace Avatar2D.Gateway.Provisioning.Http;

/// <summary>A page of a list.</summary>
/// <param name="Items">The things.</param>
/// <param name="Next">Value of the cursor parameter for the next page; null: this is the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Bounds of pages.</summary>
internal static class Page
{
    private const int Default = 50;
    private const int Most = 200;

    /// <summary>Length of a page as asked for.</summary>
    /// <exception cref="ProblemException">Out of bounds.</exception>
    public static int Limit(int? asked) => asked is null ? Default
        : asked is >= 1 and <= Most ? asked.Value : throw Problems.InvalidValue.With($"limit must be 1 to {Most}.");

    /// <summary>Makes a page of a list that was read with one item more than the page has.</summary>
    public static Page<TOut> Of<TIn, TOut>(IReadOnlyList<TIn> items, int limit, Func<TIn, string> cursor, Func<TIn, TOut> view) => new(
        [.. items.Take(limit).Select(view)], items.Count > limit ? cursor(items[limit - 1]) : null);
}
