using System.Numerics;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>
/// Exact points of a drawn face in pixels of the picture (x right, y down, centre of the first pixel at 0.5).
/// Left and right in this table are those of the picture.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>0-32</term><description>jaw line from the left temple over the chin (16) to the right temple</description></item>
/// <item><term>33-42</term><description>left brow: upper edge from temple to nose (5), lower edge from temple to nose (5)</description></item>
/// <item><term>43-52</term><description>right brow: upper edge from nose to temple (5), lower edge from nose to temple (5)</description></item>
/// <item><term>53-56</term><description>bridge of the nose downwards, 56 the tip</description></item>
/// <item><term>57-61</term><description>base of the nose: left wing, left nostril, middle, right nostril, right wing</description></item>
/// <item><term>62-69</term><description>left eye: temple corner, upper lid (3) to the nose, nose corner, lower lid (3) to the temple</description></item>
/// <item><term>70-77</term><description>right eye: nose corner, upper lid (3), temple corner, lower lid (3) back</description></item>
/// <item><term>78-97</term><description>outer lips: left corner, upper border (9), right corner 88, lower border back (9)</description></item>
/// <item><term>98-109</term><description>inner lips: left, upper edge (5, middle 101), right 104, lower edge back (5, middle 107)</description></item>
/// <item><term>110-114</term><description>left iris: centre, right, top, left, bottom</description></item>
/// <item><term>115-119</term><description>right iris: centre, right, top, left, bottom</description></item>
/// </list>
/// </remarks>
public sealed class FaceLandmarks
{
    /// <summary>Number of points.</summary>
    public const int Count = 120;

    /// <summary>Middle of the upper inner lip.</summary>
    public const int InnerLipTop = 101;

    /// <summary>Middle of the lower inner lip.</summary>
    public const int InnerLipBottom = 107;

    /// <summary>Left corner of the outer lips.</summary>
    public const int MouthLeft = 78;

    /// <summary>Right corner of the outer lips.</summary>
    public const int MouthRight = 88;

    /// <summary>Chin.</summary>
    public const int Chin = 16;

    private readonly Vector2[] _points = new Vector2[Count];

    /// <summary>All points in the order of the table.</summary>
    public ReadOnlySpan<Vector2> Points => _points;

    /// <summary>Distance of the inner lips in the middle, in pixels.</summary>
    public float MouthOpening => Vector2.Distance(_points[InnerLipTop], _points[InnerLipBottom]);

    /// <summary>Distance of the mouth's corners, in pixels.</summary>
    public float MouthWidth => Vector2.Distance(_points[MouthLeft], _points[MouthRight]);

    internal Span<Vector2> Writable => _points;
}
