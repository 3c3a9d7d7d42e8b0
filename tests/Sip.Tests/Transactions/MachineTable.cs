namespace Avatar2D.Sip.Tests.Transactions;

/// <summary>
/// Checks a pure machine for every pair of state and input: the listed pairs as listed, every other pair without effect.
/// </summary>
internal static class MachineTable
{
    public static void Check<TState, TInput, TActions>(
        Func<TState, TInput, (TState, TActions)> next,
        Dictionary<(TState, TInput), (TState, TActions)> expected)
        where TState : struct, Enum
        where TInput : struct, Enum
        where TActions : struct, Enum
    {
        var checkedPairs = 0;
        foreach (var state in Enum.GetValues<TState>())
        {
            foreach (var input in Enum.GetValues<TInput>())
            {
                var want = expected.GetValueOrDefault((state, input), (state, default));
                Assert.True(want.Equals(next(state, input)), $"{state} + {input}: {next(state, input)}, expected {want}");
                checkedPairs++;
            }
        }

        Assert.Equal(Enum.GetValues<TState>().Length * Enum.GetValues<TInput>().Length, checkedPairs);
    }
}
