using System.Numerics;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>
/// The 110 landmarks, a subset of the 468-point face mesh in the order of training/avatar2d_training/faces/points.py. Left and
/// right are the person's own: the right eye lies at the left of the picture.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>0-22</term><description>jaw from the right temple over the chin (11) to the left temple</description></item>
/// <item><term>23-32</term><description>right brow: upper edge from temple to nose (5), lower edge likewise (5)</description></item>
/// <item><term>33-42</term><description>left brow: upper edge from nose to temple (5), lower edge likewise (5)</description></item>
/// <item><term>43-53</term><description>nose: bridge downwards (6, the last is the tip), right wing, right nostril, base, left nostril, left wing</description></item>
/// <item><term>54-61</term><description>right eye: temple corner, upper lid (3), nose corner, lower lid back (3)</description></item>
/// <item><term>62-69</term><description>left eye: nose corner, upper lid (3), temple corner, lower lid back (3)</description></item>
/// <item><term>70-89</term><description>outer lips: right corner, upper edge (9), left corner (80), lower edge back (9)</description></item>
/// <item><term>90-109</term><description>inner lips: right corner, upper edge (9), left corner (100), lower edge back (9)</description></item>
/// </list>
/// </remarks>
public static class FacePoints
{
    /// <summary>Number of landmarks.</summary>
    public const int Count = 110;

    /// <summary>Chin.</summary>
    public const int Chin = 11;

    /// <summary>Upper and middle point of the bridge of the nose.</summary>
    public const int BridgeTop = 43, BridgeMiddle = 44;

    /// <summary>Tip of the nose.</summary>
    public const int NoseTip = 48;

    /// <summary>Base of the nose, between the nostrils.</summary>
    public const int NoseBase = 51;

    /// <summary>First of the eight points of an eye.</summary>
    public const int RightEye = 54, LeftEye = 62;

    /// <summary>Corners of the outer lips.</summary>
    public const int MouthRight = 70, MouthLeft = 80;

    /// <summary>Middle of the outer lips.</summary>
    public const int UpperLipTop = 75, LowerLipBottom = 85;

    /// <summary>Middle of the inner lips.</summary>
    public const int UpperLipInner = 95, LowerLipInner = 105;

    /// <summary>First point of the inner lips.</summary>
    public const int InnerLips = 90;

    /// <summary>Indices of the 468-point mesh, in our order.</summary>
    public static ReadOnlySpan<short> MeshIndices =>
    [
        127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454, 356,
        70, 63, 105, 66, 107, 46, 53, 52, 65, 55,
        336, 296, 334, 293, 300, 285, 295, 282, 283, 276,
        168, 6, 197, 195, 5, 4, 98, 97, 2, 326, 327,
        33, 160, 159, 158, 133, 153, 145, 144,
        362, 385, 386, 387, 263, 373, 374, 380,
        61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
        78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
    ];

    /// <summary>The six points of <see cref="Models.CanonicalPatch.Template"/>, in its order.</summary>
    public static ReadOnlySpan<byte> Stable => [RightEye, RightEye + 4, LeftEye, LeftEye + 4, BridgeTop, BridgeMiddle];

    /// <summary>Middle of the corners of the person's right eye.</summary>
    public static Vector2 RightEyeCentre(ReadOnlySpan<Vector2> points) => (points[RightEye] + points[RightEye + 4]) / 2;

    /// <summary>Middle of the corners of the person's left eye.</summary>
    public static Vector2 LeftEyeCentre(ReadOnlySpan<Vector2> points) => (points[LeftEye] + points[LeftEye + 4]) / 2;

    /// <summary>Distance of the eye centres, the unit of all signals.</summary>
    public static float EyeDistance(ReadOnlySpan<Vector2> points) => Vector2.Distance(RightEyeCentre(points), LeftEyeCentre(points));

    internal static void Require(ReadOnlySpan<Vector2> points)
    {
        if (points.Length != Count)
            throw new ArgumentException($"A face has {Count} landmarks, not {points.Length}.", nameof(points));
    }
}
