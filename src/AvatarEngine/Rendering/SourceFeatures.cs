using Avatar2D.AvatarEngine.Inference;

namespace Avatar2D.AvatarEngine.Rendering;

/// <summary>What the source encoder made of one source frame, in half precision (about 0.3 MB at 128 px). Immutable.</summary>
internal sealed class SourceFeatures
{
    private readonly Half[][] _maps;

    /// <summary>Copies the outputs of an encoder that has just run.</summary>
    public SourceFeatures(IModelRunner encoder)
    {
        _maps = new Half[encoder.Outputs.Count][];
        for (int i = 0; i < _maps.Length; i++)
        {
            _maps[i] = new Half[encoder.Outputs[i].Length];
            HalfNumbers.Narrow(encoder.Output(i), _maps[i]);
        }
    }

    /// <summary>Fills the decoder's first inputs, which stand in the order of the encoder's outputs.</summary>
    public void CopyTo(IModelRunner decoder)
    {
        for (int i = 0; i < _maps.Length; i++)
            HalfNumbers.Widen(_maps[i], decoder.Input(i));
    }
}
