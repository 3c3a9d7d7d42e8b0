namespace Avatar2D.Gateway.Tests.Load;

/// <summary>Tests that judge figures of the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "process figures";
}
