using System.Numerics;
using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>
/// Closes the eyes of a picture: the skin between brow and upper lid is stretched downwards over the eye, the lashes travel with
/// the lid. Immutable.
/// </summary>
internal sealed class EyeLids
{
    /// <summary>Part of the way from lid to brow whose skin is stretched.</summary>
    private const float SkinShare = 0.65f;

    /// <summary>A closed upper lid stops short of the lower one by this part of the gap, where the lower lashes are.</summary>
    private const float ClosedShare = 0.94f;

    private readonly Eye _right;
    private readonly Eye _left;

    /// <summary>Reads the lids.</summary>
    /// <param name="points"><see cref="FacePoints.Count"/> landmarks in pixels of the picture.</param>
    public EyeLids(ReadOnlySpan<Vector2> points)
    {
        FacePoints.Require(points);

        // Lower edges of the brows: the middle points over the eyes.
        _right = new Eye(points.Slice(FacePoints.RightEye, 8), (points[29] + points[30] + points[31]) / 3);
        _left = new Eye(points.Slice(FacePoints.LeftEye, 8), (points[39] + points[40] + points[41]) / 3);
    }

    /// <summary>Where the pixel of a picture with closing lids comes from.</summary>
    /// <param name="p">Its place.</param>
    /// <param name="closed">0 as they are, 1 closed.</param>
    public Vector2 Source(Vector2 p, float closed) => _left.Source(_right.Source(p, closed), closed);

    private sealed class Eye
    {
        private readonly Vector2 _from;
        private readonly Vector2 _along;
        private readonly Vector2 _down;
        private readonly float _width;
        private readonly float[] _upper;
        private readonly float[] _lower;
        private readonly float _skin;

        /// <summary>Eight points: left corner in the picture, upper lid (3), right corner, lower lid back (3).</summary>
        public Eye(ReadOnlySpan<Vector2> eye, Vector2 brow)
        {
            // Both eyes' points run from the left of the picture to its right over the upper lid.
            _from = eye[0];
            _width = Vector2.Distance(eye[0], eye[4]);
            _along = (eye[4] - eye[0]) / _width;
            _down = new Vector2(-_along.Y, _along.X);
            _upper = [0, Down(eye[1]), Down(eye[2]), Down(eye[3]), 0];
            _lower = [0, Down(eye[7]), Down(eye[6]), Down(eye[5]), 0];
            _skin = SkinShare * Math.Max(2, _upper[2] - Down(brow));
        }

        public Vector2 Source(Vector2 p, float closed)
        {
            Vector2 at = p - _from;
            float u = Vector2.Dot(at, _along) / _width * 4;
            if (u <= 0 || u >= 4)
                return p;
            float upper = Curve(_upper, u);
            float gap = Curve(_lower, u) - upper;
            float v = Vector2.Dot(at, _down) - upper + _skin; // 0 where the stretch begins, _skin at the lid.
            float drop = closed * ClosedShare * gap;
            if (gap <= 0 || v <= 0 || v >= _skin + drop)
                return p;

            // Slope 1 at the top, so that no fold is seen; the lid's own line moves down by the whole drop.
            float t = v / (_skin + drop);
            float bend = drop / (_skin + drop);
            float source = v - (drop * t * (1 + ((1 - bend) * (t - 1))));
            return p + ((source - v) * _down);
        }

        private float Down(Vector2 point) => Vector2.Dot(point - _from, _down);

        /// <summary>Catmull-Rom through five evenly spread heights, the ends held.</summary>
        private static float Curve(float[] y, float u)
        {
            int k = Math.Min((int)u, 3);
            float t = u - k;
            float a = y[Math.Max(0, k - 1)], b = y[k], c = y[k + 1], d = y[Math.Min(4, k + 2)];
            return b + (0.5f * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
        }
    }
}
