using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Tests.Faces;

/// <summary>A network whose answers the test writes.</summary>
internal sealed class FakeNetwork(int inputLength, params int[] outputLengths) : IFaceNetwork
{
    private readonly float[] _input = new float[inputLength];

    public float[][] Outputs { get; } = [.. outputLengths.Select(n => new float[n])];

    public int Runs { get; private set; }

    public Span<float> Input => _input;

    public static FakeNetwork Detector()
    {
        var network = new FakeNetwork(FaceDetector.InputLength, FaceDetector.OutputLength);
        network.ClearFaces();
        return network;
    }

    public static FakeNetwork Landmarks() => new(FaceLandmarker.InputLength, FacePoints.Count * 2, 1);

    public ReadOnlySpan<float> Output(int index) => Outputs[index];

    public void Run() => Runs++;

    public void Dispose()
    {
    }

    /// <summary>Detector: no face anywhere.</summary>
    public void ClearFaces() => Outputs[0].AsSpan(0, 256).Fill(-9);

    /// <summary>Detector: a face at a cell of the 16 x 16 grid.</summary>
    public void PutFace(int column, int row, float logit, float sideLog2 = 1, float roll = 0, float dx = 0, float dy = 0)
    {
        int cell = (row * 16) + column;
        Outputs[0][cell] = logit;
        float[] values = [dx, dy, sideLog2, MathF.Cos(roll), MathF.Sin(roll)];
        for (int i = 0; i < values.Length; i++)
            Outputs[0][((i + 1) * 256) + cell] = values[i];
    }

    /// <summary>Landmarks: the mean places of the drawn Maya in her own region, moved by parts of the crop.</summary>
    public void PutLandmarks(ReadOnlySpan<float> places, float presenceLogit, float moveX = 0, float moveY = 0)
    {
        for (int i = 0; i < FacePoints.Count; i++)
        {
            Outputs[0][2 * i] = places[2 * i] + moveX;
            Outputs[0][(2 * i) + 1] = places[(2 * i) + 1] + moveY;
        }

        Outputs[1][0] = presenceLogit;
    }
}
