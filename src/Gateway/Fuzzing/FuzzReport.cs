using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Fuzzing;

/// <summary>What came of a run. Names are a contract of <c>fuzz --json</c>.</summary>
internal sealed record FuzzReport
{
    /// <summary>Parser.</summary>
    public required string Target { get; init; }

    /// <summary>Seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of the first input.</summary>
    public required long From { get; init; }

    /// <summary>Inputs run.</summary>
    public required long Inputs { get; init; }

    /// <summary>Those that the parser took: neither none nor all, or the run shows nothing.</summary>
    public required long Accepted { get; init; }

    /// <summary>Time taken, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Rate.</summary>
    public required double InputsPerSecond { get; init; }

    /// <summary>Live heap at the end less that after the first tenth, bytes.</summary>
    public required long HeapGrowthBytes { get; init; }

    /// <summary>A stopped run goes on with <c>--from</c> this.</summary>
    public required long Next { get; init; }

    /// <summary>What failed; empty is success.</summary>
    public required IReadOnlyList<FuzzFailure> Failures { get; init; }
}

/// <summary>JSON of the reports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FuzzReport[]))]
internal sealed partial class FuzzJson : JsonSerializerContext;
