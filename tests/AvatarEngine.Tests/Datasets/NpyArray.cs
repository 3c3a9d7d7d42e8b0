using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

/// <summary>Reads a .npy file as its format says, apart from the code that writes it.</summary>
internal sealed partial record NpyArray(string Type, int[] Shape, byte[] Data)
{
    public static NpyArray Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], file[..8]);
        int header = 10 + file[8] + (256 * file[9]);
        Assert.Equal(0, header % 64);
        Assert.Equal((byte)'\n', file[header - 1]);
        Match found = Header().Match(Encoding.ASCII.GetString(file, 10, header - 10));
        Assert.True(found.Success);
        int[] shape = [.. found.Groups[2].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(int.Parse)];
        byte[] data = file[header..];
        Assert.Equal(shape.Aggregate(found.Groups[1].Value[2] - '0', (a, b) => a * b), data.Length);
        return new NpyArray(found.Groups[1].Value, shape, data);
    }

    public T[] As<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Data).ToArray();

    [GeneratedRegex(@"^\{'descr': '([<|][iuf]\d)', 'fortran_order': False, 'shape': \(([\d, ]+)\), \} *\n$")]
    private static partial Regex Header();
}
