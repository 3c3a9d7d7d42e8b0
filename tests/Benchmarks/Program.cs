using BenchmarkDotNet.Running;

namespace Avatar2D.Benchmarks;

/// <summary>Measures the parts that run per message, packet and picture: <c>-- --filter '*'</c> for all of them.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new ShortConfig());
        return 0;
    }
}
