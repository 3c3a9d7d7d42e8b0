using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>A grid of coloured points drawn with smooth colour between them; soft edges come from rows with alpha 0.</summary>
internal sealed class SoftMesh : IDisposable
{
    private readonly SKPoint[] _points;
    private readonly SKColor[] _colours;
    private readonly ushort[] _indices;
    private readonly SKPaint _paint = new() { Color = SKColors.White, IsDither = true };

    public SoftMesh(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        _points = new SKPoint[rows * columns];
        _colours = new SKColor[rows * columns];
        _indices = new ushort[(rows - 1) * (columns - 1) * 6];
        int k = 0;
        for (int r = 0; r + 1 < rows; r++)
        {
            for (int c = 0; c + 1 < columns; c++)
            {
                int a = (r * columns) + c;
                int b = a + columns;
                foreach (int index in (ReadOnlySpan<int>)[a, a + 1, b, a + 1, b + 1, b])
                {
                    _indices[k++] = (ushort)index;
                }
            }
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    public void Set(int row, int column, SKPoint point, SKColor colour)
    {
        _points[(row * Columns) + column] = point;
        _colours[(row * Columns) + column] = colour;
    }

    public void Draw(SKCanvas canvas, SKBlendMode blend = SKBlendMode.SrcOver)
    {
        _paint.BlendMode = blend;
        using SKVertices vertices = SKVertices.CreateCopy(SKVertexMode.Triangles, _points, null, _colours, _indices);
        canvas.DrawVertices(vertices, SKBlendMode.Modulate, _paint);
    }

    public void Dispose() => _paint.Dispose();
}
