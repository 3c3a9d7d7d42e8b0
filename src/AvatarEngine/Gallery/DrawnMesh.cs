using System.Numerics;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>
/// The points of a drawn face on the 468-point mesh that training reads. Mesh indices count as everywhere in training/; the person's
/// right is at the left of the picture, as in <see cref="FaceLandmarks"/>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>outer lips</term><description>61 ... 0 ... 291 and 17: the 20 drawn points, one to one</description></item>
/// <item><term>inner lips</term><description>78 ... 13 ... 308 and 14: 11 places evenly along the 7 drawn points of each edge</description></item>
/// <item><term>eyes</term><description>corners 33, 133, 362, 263 and every second lid point are drawn points, those between are means</description></item>
/// <item><term>nose</term><description>1 and 4 the tip, 2 the base, 98, 97, 326, 327 wings and nostrils; 168 lies 0.43 of the first bridge step
/// above the drawn bridge and 6 lies 0.2 below its top, as they do on real heads</description></item>
/// <item><term>jaw</term><description>234 and 454 (cheeks at the ears) to 152 (chin) along the drawn outline</description></item>
/// <item><term>brows</term><description>the 20 drawn points, one to one</description></item>
/// <item><term>depth</term><description>a drawing has none: all z are 0 but those of the lips' middles (0, 13, 14, 17), which stand forward by
/// 0.05 eye distances x (mouthPucker + 0.6 mouthFunnel); forward is negative, as on the mesh</description></item>
/// <item><term>others</term><description>0 in patch pixels: nothing reads them</description></item>
/// </list>
/// </remarks>
internal static class DrawnMesh
{
    /// <summary>Mesh indices of the drawn points 78 to 97, outer lips.</summary>
    private static readonly int[] OuterLips = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146];

    private static readonly int[] UpperInner = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308];

    private static readonly int[] LowerInner = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308];

    /// <summary>From the corner at the left of the picture to that at the right; drawn points lie at every second place.</summary>
    private static readonly int[] LeftUpperLid = [33, 246, 161, 160, 159, 158, 157, 173, 133];

    private static readonly int[] LeftLowerLid = [33, 7, 163, 144, 145, 153, 154, 155, 133];

    private static readonly int[] RightUpperLid = [362, 398, 384, 385, 386, 387, 388, 466, 263];

    private static readonly int[] RightLowerLid = [362, 382, 381, 380, 374, 373, 390, 249, 263];

    /// <summary>Mesh indices of the drawn points 33 to 52, brows.</summary>
    private static readonly int[] Brows = [70, 63, 105, 66, 107, 46, 53, 52, 65, 55, 336, 296, 334, 293, 300, 285, 295, 282, 283, 276];

    /// <summary>Mesh index and drawn point along the jaw.</summary>
    private static readonly (int Mesh, int Drawn)[] Jaw =
    [
        (234, 1), (93, 3), (132, 5), (58, 7), (172, 9), (136, 11), (150, 12), (149, 13), (176, 14), (148, 15), (152, 16),
        (377, 17), (400, 18), (378, 19), (379, 20), (365, 21), (397, 23), (288, 25), (361, 27), (323, 29), (454, 31),
    ];

    /// <summary>Mesh index and drawn point of the nose.</summary>
    private static readonly (int Mesh, int Drawn)[] Nose = [(197, 54), (195, 55), (4, 56), (1, 56), (98, 57), (97, 58), (2, 59), (326, 60), (327, 61)];

    /// <summary>Mesh indices that get a place.</summary>
    public static IReadOnlySet<int> Placed { get; } = new HashSet<int>(
        [.. OuterLips, .. UpperInner, .. LowerInner, .. LeftUpperLid, .. LeftLowerLid, .. RightUpperLid, .. RightLowerLid, .. Brows,
         .. Jaw.Select(p => p.Mesh), .. Nose.Select(p => p.Mesh), 168, 6]);

    /// <summary>Fills a mesh.</summary>
    /// <param name="face">Points of the drawing.</param>
    /// <param name="parameters">What was drawn.</param>
    /// <param name="mesh">468 points in picture pixels, pixel centres at whole numbers; places that the drawing does not know stay as they are.</param>
    public static void Fill(FaceLandmarks face, in FaceParameters parameters, Span<Vector3> mesh)
    {
        ReadOnlySpan<Vector2> drawn = face.Points;
        for (int i = 0; i < OuterLips.Length; i++)
            Put(mesh, OuterLips[i], drawn[FaceLandmarks.MouthLeft + i]);
        Along(mesh, UpperInner, [drawn[98], drawn[99], drawn[100], drawn[101], drawn[102], drawn[103], drawn[104]]);
        Along(mesh, LowerInner, [drawn[98], drawn[109], drawn[108], drawn[107], drawn[106], drawn[105], drawn[104]]);
        Along(mesh, LeftUpperLid, [drawn[62], drawn[63], drawn[64], drawn[65], drawn[66]]);
        Along(mesh, LeftLowerLid, [drawn[62], drawn[69], drawn[68], drawn[67], drawn[66]]);
        Along(mesh, RightUpperLid, [drawn[70], drawn[71], drawn[72], drawn[73], drawn[74]]);
        Along(mesh, RightLowerLid, [drawn[70], drawn[77], drawn[76], drawn[75], drawn[74]]);
        for (int i = 0; i < Brows.Length; i++)
            Put(mesh, Brows[i], drawn[33 + i]);
        foreach ((int point, int place) in Jaw)
            Put(mesh, point, drawn[place]);
        foreach ((int point, int place) in Nose)
            Put(mesh, point, drawn[place]);
        Vector2 bridge = drawn[54] - drawn[53];
        Put(mesh, 168, drawn[53] - (0.43f * bridge));
        Put(mesh, 6, drawn[53] + (0.2f * bridge));

        float eyes = Vector2.Distance((drawn[62] + drawn[66]) / 2, (drawn[70] + drawn[74]) / 2);
        float forward = -0.05f * eyes * (parameters.MouthPucker + (0.6f * parameters.MouthFunnel));
        foreach (int point in (ReadOnlySpan<int>)[0, 13, 14, 17])
            mesh[point].Z = forward;
    }

    /// <summary>Spreads the places of a line evenly along its drawn points.</summary>
    private static void Along(Span<Vector3> mesh, int[] places, ReadOnlySpan<Vector2> line)
    {
        for (int i = 0; i < places.Length; i++)
        {
            float at = (float)i * (line.Length - 1) / (places.Length - 1);
            int k = Math.Min((int)at, line.Length - 2);
            Put(mesh, places[i], Vector2.Lerp(line[k], line[k + 1], at - k));
        }
    }

    /// <summary>The drawing counts the first pixel's centre as 0.5, the mesh as 0.</summary>
    private static void Put(Span<Vector3> mesh, int point, Vector2 place) => mesh[point] = new Vector3(place.X - 0.5f, place.Y - 0.5f, 0);
}
