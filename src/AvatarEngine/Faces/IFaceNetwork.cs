namespace Avatar2D.AvatarEngine.Faces;

/// <summary>One loaded network with its own buffers: fill the input, run, read the outputs. One instance serves one thread at a time.</summary>
internal interface IFaceNetwork : IDisposable
{
    /// <summary>[3, side, side] float, RGB planes, -1..1 (pixel / 127.5 - 1).</summary>
    Span<float> Input { get; }

    /// <summary>An output in the graph's order; valid until the next run.</summary>
    ReadOnlySpan<float> Output(int index);

    /// <summary>Computes the outputs; allocates nothing.</summary>
    void Run();
}
