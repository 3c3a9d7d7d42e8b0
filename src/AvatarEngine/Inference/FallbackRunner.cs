using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Inference;

/// <summary>
/// Runs a network on a device until that fails, then for ever on the processor, starting with the very run that failed, so that
/// a call goes on without a gap.
/// </summary>
internal sealed class FallbackRunner : IModelRunner
{
    private readonly Func<IModelRunner> _makeSpare;
    private readonly Action<InferenceException> _failed;
    private IModelRunner _current;
    private bool _fallen;

    /// <summary>Starts on the device.</summary>
    /// <param name="device">Owned.</param>
    /// <param name="makeSpare">Makes the runner on the processor when it is needed.</param>
    /// <param name="failed">Told once of the failure.</param>
    public FallbackRunner(IModelRunner device, Func<IModelRunner> makeSpare, Action<InferenceException> failed)
    {
        _current = device;
        _makeSpare = makeSpare;
        _failed = failed;
    }

    public IReadOnlyList<TensorSpec> Inputs => _current.Inputs;

    public IReadOnlyList<TensorSpec> Outputs => _current.Outputs;

    public Span<float> Input(int index) => _current.Input(index);

    public ReadOnlySpan<float> Output(int index) => _current.Output(index);

    public void Run()
    {
        if (_fallen)
        {
            _current.Run();
            return;
        }

        try
        {
            _current.Run();
        }
        catch (InferenceException exception)
        {
            FallBack(exception);
            _current.Run();
        }
    }

    public void Dispose() => _current.Dispose();

    private void FallBack(InferenceException reason)
    {
        IModelRunner spare = _makeSpare();
        for (int i = 0; i < Inputs.Count; i++)
            _current.Input(i).CopyTo(spare.Input(i));
        _current.Dispose();
        _current = spare;
        _fallen = true;
        _failed(reason);
    }
}
