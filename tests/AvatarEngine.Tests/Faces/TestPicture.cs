using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Faces;

/// <summary>A grey picture.</summary>
internal sealed class TestPicture
{
    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _bytes;

    public TestPicture(int width, int height)
    {
        (_width, _height) = (width, height);
        _bytes = new byte[width * height * 3 / 2];
        Array.Fill(_bytes, (byte)128);
    }

    public I420View View => new(
        _bytes.AsSpan(0, _width * _height), _bytes.AsSpan(_width * _height, _width * _height / 4), _bytes.AsSpan(_width * _height * 5 / 4),
        _width, _height, _width, _width / 2);
}
