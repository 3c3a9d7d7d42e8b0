namespace Avatar2D.Rtp.Sdp;

/// <summary>Payload types that need no rtpmap (RFC 3551 tables 4 and 5).</summary>
internal static class StaticPayloadTypes
{
    private static readonly PayloadFormat?[] Table = Build();

    public static PayloadFormat? Find(int payloadType) =>
        payloadType >= 0 && payloadType < Table.Length ? Table[payloadType] : null;

    private static PayloadFormat?[] Build()
    {
        var table = new PayloadFormat?[35];
        Add(table, 0, "PCMU", 8000);
        Add(table, 3, "GSM", 8000);
        Add(table, 4, "G723", 8000);
        Add(table, 5, "DVI4", 8000);
        Add(table, 6, "DVI4", 16_000);
        Add(table, 7, "LPC", 8000);
        Add(table, 8, "PCMA", 8000);
        Add(table, 9, "G722", 8000);
        Add(table, 10, "L16", 44_100, 2);
        Add(table, 11, "L16", 44_100);
        Add(table, 12, "QCELP", 8000);
        Add(table, 13, "CN", 8000);
        Add(table, 14, "MPA", 90_000);
        Add(table, 15, "G728", 8000);
        Add(table, 16, "DVI4", 11_025);
        Add(table, 17, "DVI4", 22_050);
        Add(table, 18, "G729", 8000);
        Add(table, 25, "CelB", 90_000);
        Add(table, 26, "JPEG", 90_000);
        Add(table, 28, "nv", 90_000);
        Add(table, 31, "H261", 90_000);
        Add(table, 32, "MPV", 90_000);
        Add(table, 33, "MP2T", 90_000);
        Add(table, 34, "H263", 90_000);
        return table;
    }

    private static void Add(PayloadFormat?[] table, int payloadType, string name, int clock, int channels = 1) =>
        table[payloadType] = new(payloadType, name, clock, channels, FormatParameters.None);
}
