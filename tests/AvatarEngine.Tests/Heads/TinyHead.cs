using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Avatar2D.AvatarEngine.Tests.Heads;

/// <summary>
/// Writes a morphable head that fits a test: half an egg with a slit for a mouth, two flat eyes and a row of teeth behind the slit.
/// Its arrays are those of HeadModel; single ones can be left out or replaced to break it.
/// </summary>
internal sealed class TinyHead
{
    private const int Columns = 41;
    private const int Rows = 46;
    private const float MouthY = -3.4f;

    /// <summary>The points that tests and training look at, centimetres; others lie on the tip of the nose.</summary>
    private static readonly Dictionary<int, (float X, float Y)> Places = new()
    {
        [33] = (-4.5f, 3.4f), [133] = (-1.8f, 3.3f), [362] = (1.8f, 3.3f), [263] = (4.5f, 3.4f), [168] = (0, 4.2f), [6] = (0, 3.1f), [4] = (0, 0.4f), [2] = (0, -1.2f),
        [61] = (-2.5f, MouthY), [291] = (2.5f, MouthY), [0] = (0, -2.5f), [17] = (0, -4.4f), [152] = (0, -7.5f), [66] = (-2.4f, 6.2f), [296] = (2.4f, 6.2f),
        [70] = (-5.8f, 5.2f), [63] = (-4.9f, 6), [105] = (-3.8f, 6.3f), [107] = (-1.2f, 5.9f), [336] = (1.2f, 5.9f), [334] = (3.8f, 6.3f), [293] = (4.9f, 6), [300] = (5.8f, 5.2f),
    };

    private readonly Dictionary<string, byte[]> _arrays = [];

    /// <summary>Makes the arrays.</summary>
    public TinyHead()
    {
        var vertices = new List<(float X, float Y, float Z)>();
        var triangles = new List<int>();
        var materials = new List<byte>();
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                float x = -8 + (16f * column / (Columns - 1));
                float y = -10 + (22f * RowHeight(row));
                vertices.Add((x, y, Depth(x, y)));
                if (row > 0 && column > 0 && !(row == SlitRow && MathF.Abs(x) <= 2.5f))
                    Quad(triangles, materials, (row * Columns) + column - 1 - Columns, 1, Columns, 0);
            }
        }

        int skin = vertices.Count;
        foreach ((float x, byte material) in ((float, byte)[])[(-3.15f, 2), (3.15f, 1), (0, 3)])
        {
            bool teeth = material == 3;
            int first = vertices.Count;
            float y = teeth ? MouthY - 0.5f : 3;
            float width = teeth ? 2 : 1.3f;
            float z = teeth ? 9 : Depth(x, 3.4f) + 0.4f;
            vertices.AddRange([(x - width, y, z), (x + width, y, z), (x - width, y + 0.8f, z), (x + width, y + 0.8f, z)]);
            Quad(triangles, materials, first, 1, 2, material);
        }

        int count = vertices.Count;
        var identities = new Half[2 * count * 3];
        var movements = new Half[2 * count * 3];
        for (int v = 0; v < skin; v++)
        {
            identities[(v * 3) + 0] = (Half)(0.04f * vertices[v].X); // a wider head
            identities[((count + v) * 3) + 1] = (Half)(0.04f * vertices[v].Y); // a longer one
            bool below = v / Columns < SlitRow && MathF.Abs(vertices[v].X) < 6;
            movements[(v * 3) + 1] = (Half)(below ? -3f * MathF.Cos(vertices[v].X * 0.26f) : 0); // jawOpen
        }

        this["neutral"] = Npy<float>("<f4", [count, 3], [.. vertices.SelectMany(p => new[] { p.X, p.Y, p.Z })]);
        this["faces"] = Npy<int>("<i4", [triangles.Count / 3, 3], [.. triangles]);
        this["face_material"] = Npy<byte>("|u1", [materials.Count], [.. materials]);
        this["materials"] = Names("M_Face", "M_ScleraLeft", "M_ScleraRight", "M_Teeth");
        this["identities"] = Npy<Half>("<f2", [2, count, 3], identities);
        this["expressions"] = Npy<Half>("<f2", [2, count, 3], movements);
        this["expression_names"] = Names("jawOpen", "eyeBlink_L");
        this["mesh468"] = Npy<int>("<i4", [468], [.. Enumerable.Range(0, 468).Select(Vertex)]);

        int Vertex(int point)
        {
            // Upper and lower inner lips stand at the two edges of the slit.
            int? row = point is 13 or 82 or 312 ? SlitRow : point is 14 or 87 or 317 ? SlitRow - 1 : null;
            (float X, float Y) place = row is null ? Places.GetValueOrDefault(point, (0, 0.4f)) : (point is 82 or 87 ? -0.6f : point is 312 or 317 ? 0.6f : 0, MouthY);
            return Enumerable.Range(0, skin).Where(v => row is null || v / Columns == row)
                .MinBy(v => MathF.Pow(vertices[v].X - place.X, 2) + MathF.Pow(vertices[v].Y - place.Y, 2));
        }
    }

    private static int SlitRow => (int)((MouthY + 10) / 22 * (Rows - 1)) + 1;

    /// <summary>A file of the head, ready to be written; null leaves it out.</summary>
    /// <param name="name">Array.</param>
    public byte[]? this[string name]
    {
        get => _arrays.GetValueOrDefault(name);
        set
        {
            _arrays.Remove(name);
            if (value is not null)
                _arrays[name] = value;
        }
    }

    /// <summary>A .npy file.</summary>
    public static byte[] Npy<T>(string type, int[] shape, T[] values)
        where T : unmanaged
    {
        string list = string.Join(", ", shape.Select(s => s.ToString(CultureInfo.InvariantCulture))) + (shape.Length == 1 ? "," : "");
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({list}), }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text), .. MemoryMarshal.AsBytes(values.AsSpan())];
    }

    /// <summary>Writes the head.</summary>
    /// <returns><paramref name="path"/>.</returns>
    public string Write(string path)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach ((string name, byte[] data) in _arrays)
        {
            using Stream entry = zip.CreateEntry(name + ".npy").Open();
            entry.Write(data);
        }

        return path;
    }

    private static float Depth(float x, float y) => 12 * MathF.Sqrt(MathF.Max(0.02f, 1 - (x * x / 75) - ((y - 1) * (y - 1) / 150)));

    // The two rows at the slit lie almost on each other.
    private static float RowHeight(int row) => (row == SlitRow ? SlitRow - 0.95f : row) / (Rows - 1);

    private static void Quad(List<int> triangles, List<byte> materials, int first, int right, int up, byte material)
    {
        triangles.AddRange([first, first + right, first + up, first + right, first + right + up, first + up]);
        materials.AddRange([material, material]);
    }

    private static byte[] Names(params string[] names)
    {
        int length = names.Max(n => n.Length);
        return Npy<byte>($"<U{length}", [names.Length], [.. names.SelectMany(n => Encoding.UTF32.GetBytes(n.PadRight(length, '\0')))]);
    }
}
