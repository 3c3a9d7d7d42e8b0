namespace Avatar2D.Interop.Tests.Harness;

/// <summary>Waits for what must come about. The bounds are generous: they end a hanging test, they judge no speed.</summary>
internal static class Until
{
    /// <summary>Long enough for the slowest machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">Looked at every 20 ms.</param>
    /// <param name="what">What is waited for, in words for the failure.</param>
    /// <param name="details">Adds to the failure what is known then: logs, counters.</param>
    /// <param name="patience">Bound; <see cref="Patience"/> when null.</param>
    public static async Task TrueAsync(Func<bool> condition, string what, Func<string>? details = null, TimeSpan? patience = null)
    {
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        TimeSpan bound = patience ?? Patience;
        while (!condition())
        {
            if (time.GetElapsedTime(start) > bound)
                Assert.Fail($"Waited {bound.TotalSeconds:0} s in vain: {what}.\n{details?.Invoke()}");
            await Task.Delay(Step, time);
        }
    }

    /// <summary>Waits for a value that is null at first.</summary>
    public static async Task<T> NotNullAsync<T>(Func<T?> value, string what, Func<string>? details = null, TimeSpan? patience = null)
        where T : class
    {
        T? found = null;
        await TrueAsync(() => (found = value()) is not null, what, details, patience);
        return found!; // Else the line above has failed the test.
    }

    /// <summary>Lets the peers talk for a while; for what is shown by its absence or by its amount.</summary>
    public static Task PassedAsync(TimeSpan span) => Task.Delay(span, TimeProvider.System);
}
