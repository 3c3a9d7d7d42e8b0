using System.Numerics;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>One movement of a head: how far each vertex goes that moves at all.</summary>
internal sealed class HeadMovement
{
    private readonly int[] _vertices;
    private readonly Vector3[] _ways;

    /// <summary>Keeps what is not zero.</summary>
    /// <param name="ways">[V, 3].</param>
    public HeadMovement(ReadOnlySpan<Half> ways)
    {
        var vertices = new List<int>();
        var kept = new List<Vector3>();
        for (int v = 0; v < ways.Length / 3; v++)
        {
            var way = new Vector3((float)ways[3 * v], (float)ways[(3 * v) + 1], (float)ways[(3 * v) + 2]);
            if (way.LengthSquared() < 1e-8f)
                continue;
            vertices.Add(v);
            kept.Add(way);
        }

        _vertices = [.. vertices];
        _ways = [.. kept];
    }

    /// <summary>Adds the movement to a mesh.</summary>
    public void Add(Span<Vector3> mesh, float weight)
    {
        for (int i = 0; i < _vertices.Length; i++)
            mesh[_vertices[i]] += weight * _ways[i];
    }
}
