using Avatar2D.Codecs.Video;

namespace Avatar2D.Codecs.Tests.Video;

/// <summary>Takes Annex-B access units apart, on its own, for the tests.</summary>
internal static class NalUnits
{
    public static List<byte[]> Split(ReadOnlySpan<byte> accessUnit)
    {
        List<int> starts = [];
        for (int i = 0; i + 2 < accessUnit.Length; i++)
        {
            if (accessUnit[i] == 0 && accessUnit[i + 1] == 0 && accessUnit[i + 2] == 1)
                starts.Add(i + 3);
        }

        List<byte[]> units = [];
        for (int i = 0; i < starts.Count; i++)
        {
            int end = i + 1 < starts.Count ? starts[i + 1] - 3 : accessUnit.Length;
            while (end > starts[i] && accessUnit[end - 1] == 0)
                end--;
            units.Add(accessUnit[starts[i]..end].ToArray());
        }

        return units;
    }

    public static List<int> Types(ReadOnlySpan<byte> accessUnit, VideoCodec codec) => [.. Split(accessUnit).Select(unit => TypeOf(unit, codec))];

    public static byte[] Find(ReadOnlySpan<byte> accessUnit, VideoCodec codec, int type) => Split(accessUnit).First(unit => TypeOf(unit, codec) == type);

    public static bool IsIdr(VideoCodec codec, int type) => codec == VideoCodec.H264 ? type == 5 : type is 19 or 20;

    public static int[] ParameterSets(VideoCodec codec) => codec == VideoCodec.H264 ? [7, 8] : [32, 33, 34];

    public static byte[] WithoutEmulation(byte[] unit)
    {
        List<byte> clean = [];
        for (int i = 0; i < unit.Length; i++)
        {
            if (i >= 2 && unit[i] == 3 && unit[i - 1] == 0 && unit[i - 2] == 0)
                continue;
            clean.Add(unit[i]);
        }

        return [.. clean];
    }

    private static int TypeOf(byte[] unit, VideoCodec codec) => codec == VideoCodec.H264 ? unit[0] & 31 : (unit[0] >> 1) & 63;
}
