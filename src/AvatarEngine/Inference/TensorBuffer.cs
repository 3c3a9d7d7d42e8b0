using System.Runtime.InteropServices;
using Avatar2D.AvatarEngine.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Avatar2D.AvatarEngine.Inference;

/// <summary>Pinned memory of one input or output, known to ONNX Runtime; half-precision tensors have a float twin.</summary>
internal sealed class TensorBuffer : IDisposable
{
    private readonly float[] _values;
    private readonly Float16[]? _halves;

    public TensorBuffer(TensorSpec spec, TensorElementType type, int batch)
    {
        long[] shape = [batch, .. spec.Dimensions.Select(d => (long)d)];
        _values = GC.AllocateArray<float>(batch * spec.Length, pinned: true);
        if (type == TensorElementType.Float16)
            _halves = GC.AllocateArray<Float16>(_values.Length, pinned: true);
        Value = _halves is null
            ? OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _values.AsMemory(), shape)
            : OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _halves.AsMemory(), shape);
    }

    /// <summary>The numbers, [batch, dimensions].</summary>
    public Span<float> Values => _values;

    /// <summary>The runtime's view of the memory.</summary>
    public OrtValue Value { get; }

    /// <summary>Brings the float numbers into the half-precision memory, before a run.</summary>
    public void Push()
    {
        if (_halves is not null)
            HalfNumbers.Narrow(_values, MemoryMarshal.Cast<Float16, Half>(_halves.AsSpan()));
    }

    /// <summary>Brings the half-precision memory into the float numbers, after a run.</summary>
    public void Pull()
    {
        if (_halves is not null)
            HalfNumbers.Widen(MemoryMarshal.Cast<Float16, Half>(_halves.AsSpan()), _values);
    }

    /// <inheritdoc/>
    public void Dispose() => Value.Dispose();
}
