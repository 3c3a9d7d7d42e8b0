using System.Numerics;
using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Reads the landmarks off a <see cref="FaceShape"/> in the order of <see cref="FaceLandmarks"/>.</summary>
internal ref struct LandmarkWriter(Span<Vector2> target, SKMatrix matrix)
{
    private readonly Span<Vector2> _target = target;
    private readonly SKMatrix _matrix = matrix;
    private int _next;

    public void Write(FaceShape face)
    {
        _next = 0;
        Jaw(face);
        Brow(face.Brows[0], true);
        Brow(face.Brows[1], false);
        Nose(face);
        Eye(face.Eyes[0], true);
        Eye(face.Eyes[1], false);
        Lips(face.Mouth);
        Iris(face.Eyes[0]);
        Iris(face.Eyes[1]);
    }

    private void Put(SKPoint p)
    {
        SKPoint q = _matrix.MapPoint(p);
        _target[_next++] = new Vector2(q.X, q.Y);
    }

    private void Jaw(FaceShape face)
    {
        // The outline runs clockwise from the top; the right half comes first.
        const int Half = FaceShape.OutlinePoints / 2;
        for (int i = -16; i <= 16; i++)
        {
            int k = Half - (i * 2);
            Put(face.Outline[k]);
        }
    }

    private void Brow(BrowShape brow, bool fromTemple)
    {
        for (int edge = -1; edge <= 1; edge += 2)
        {
            for (int i = 0; i < 5; i++)
            {
                int k = (fromTemple ? 4 - i : i) * (BrowShape.Points - 1) / 4;
                SKPoint p = brow.Line[k];
                Put(new SKPoint(p.X, p.Y + (edge * brow.Thickness[k])));
            }
        }
    }

    private void Nose(FaceShape face)
    {
        float y = face.NoseY;
        float w = face.Character.Proportions.NoseWidth;
        Put(face.Place(0, 0, 6));
        Put(face.Place(0, y * 0.28f, 10));
        Put(face.Place(0, y * 0.53f, 14));
        Put(face.Place(0, y - 9, 20));
        Put(face.Place(-16.5f * w, y - 3, 8));
        Put(face.Place(-7.4f * w, y + 1, 11));
        Put(face.Place(0, y + 3, 14));
        Put(face.Place(7.4f * w, y + 1, 11));
        Put(face.Place(16.5f * w, y - 3, 8));
    }

    private void Eye(EyeShape eye, bool fromTemple)
    {
        const int Last = EyeShape.LidPoints - 1;
        for (int i = 0; i <= 4; i++)
        {
            Put(eye.Upper[(fromTemple ? 4 - i : i) * Last / 4]);
        }

        for (int i = 3; i >= 1; i--)
        {
            Put(eye.Lower[(fromTemple ? 4 - i : i) * Last / 4]);
        }
    }

    private void Lips(MouthShape mouth)
    {
        const float Last = MouthShape.Points - 1;
        for (int i = 0; i <= 10; i++)
        {
            Put(Curve.At(mouth.UpperOuter, Last * i / 10));
        }

        for (int i = 9; i >= 1; i--)
        {
            Put(Curve.At(mouth.LowerOuter, Last * i / 10));
        }

        for (int i = 0; i <= 6; i++)
        {
            Put(Curve.At(mouth.UpperInner, Last * i / 6));
        }

        for (int i = 5; i >= 1; i--)
        {
            Put(Curve.At(mouth.LowerInner, Last * i / 6));
        }
    }

    private void Iris(EyeShape eye)
    {
        SKPoint c = eye.IrisCentre;
        float r = eye.IrisRadius;
        Put(c);
        Put(new SKPoint(c.X + r, c.Y));
        Put(new SKPoint(c.X, c.Y - r));
        Put(new SKPoint(c.X - r, c.Y));
        Put(new SKPoint(c.X, c.Y + r));
    }
}
