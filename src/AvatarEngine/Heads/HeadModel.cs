using System.Numerics;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>
/// A morphable head: a neutral mesh, shapes of other people and of movements (ICT FaceKit, MIT licence, as an .npz file). Centimetres,
/// x to the person's left, y up, z forwards. Immutable; any thread.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>array</term><description>content</description></listheader>
/// <item><term>neutral</term><description>[V, 3] float32</description></item>
/// <item><term>faces</term><description>[T, 3] int32, counter-clockwise from outside</description></item>
/// <item><term>face_material</term><description>[T] uint8, indices of <c>materials</c></description></item>
/// <item><term>materials</term><description>names: M_Face, M_BackHead, M_ScleraLeft, M_ScleraRight, M_EyeLashes, M_GumsTongue, M_Teeth; others are not painted</description></item>
/// <item><term>identities</term><description>[I, V, 3] float16, added to the neutral with weights of a standard normal lot</description></item>
/// <item><term>expressions, expression_names</term><description>[E, V, 3] float16 and [E]: ARKit names, sides as _L and _R</description></item>
/// <item><term>mesh468 (optional)</term><description>[468] int32: vertices of the points of the 468-point mesh. Without it the head has
/// FaceKit's <see cref="FaceKitPoints.VertexCount"/> vertices, whose table is built in</description></item>
/// </list>
/// </remarks>
public sealed class HeadModel
{
    private readonly Vector3[] _neutral;
    private readonly Half[] _identities;
    private readonly Dictionary<string, HeadMovement> _movements;

    private HeadModel(Vector3[] neutral, int[] triangles, HeadMaterial[] materials, Half[] identities, Dictionary<string, HeadMovement> movements, int[] points)
    {
        _neutral = neutral;
        Triangles = triangles;
        Materials = materials;
        _identities = identities;
        _movements = movements;
        Points = points;
    }

    /// <summary>The mesh of the mean person, at rest.</summary>
    internal ReadOnlySpan<Vector3> Neutral => _neutral;

    /// <summary>Three vertices a triangle.</summary>
    internal int[] Triangles { get; }

    /// <summary>Material of each triangle.</summary>
    internal HeadMaterial[] Materials { get; }

    /// <summary>Vertex of each of the 468 mesh points.</summary>
    internal int[] Points { get; }

    /// <summary>Shapes of other people.</summary>
    public int IdentityCount => _identities.Length / (3 * _neutral.Length);

    /// <summary>Reads a head.</summary>
    /// <param name="path">The .npz file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is no such head; the message says what is wrong.</exception>
    public static HeadModel Load(string path)
    {
        using var file = new NpzFile(path);
        Vector3[] neutral = Vectors(file.Numbers<float>("neutral", -1, 3).Values);
        int count = neutral.Length;
        (int[] triangles, int[] shape) = file.Numbers<int>("faces", -1, 3);
        int[] kinds = file.Numbers<int>("face_material", shape[0]).Values;
        string[] names = file.Strings("materials");
        Half[] identities = file.Numbers<Half>("identities", -1, count, 3).Values;
        string[] movementNames = file.Strings("expression_names");
        Half[] movements = file.Numbers<Half>("expressions", movementNames.Length, count, 3).Values;
        int[] points = file.Has("mesh468") ? file.Numbers<int>("mesh468", 468).Values
            : count == FaceKitPoints.VertexCount ? FaceKitPoints.Vertices.ToArray()
            : throw new InvalidDataException($"{path} has {count} vertices and no array 'mesh468'; only FaceKit's {FaceKitPoints.VertexCount} vertices have known points.");
        if (count == 0 || triangles.Any(v => v < 0 || v >= count) || points.Any(v => v < 0 || v >= count))
            throw new InvalidDataException($"{path}: 'faces' or 'mesh468' names a vertex outside 0 ... {count - 1}.");
        if (kinds.Any(k => k < 0 || k >= names.Length))
            throw new InvalidDataException($"{path}: 'face_material' names a material outside 0 ... {names.Length - 1}.");
        HeadMaterial[] known = [.. names.Select(Material)];
        int[] kept = [.. Enumerable.Range(0, kinds.Length).Where(t => known[kinds[t]] != HeadMaterial.None)];
        return new HeadModel(
            neutral,
            [.. kept.SelectMany(t => triangles.AsSpan(3 * t, 3).ToArray())],
            [.. kept.Select(t => known[kinds[t]])],
            identities,
            movementNames.Select((name, i) => (name, Movement: new HeadMovement(movements.AsSpan(i * count * 3, count * 3)))).ToDictionary(m => m.name, m => m.Movement, StringComparer.Ordinal),
            points);
    }

    /// <summary>The mesh of another person, at rest.</summary>
    /// <param name="weights">At most <see cref="IdentityCount"/> weights, about -2 ... 2.</param>
    internal Vector3[] Person(ReadOnlySpan<float> weights)
    {
        Vector3[] person = [.. _neutral];
        for (int i = 0; i < Math.Min(weights.Length, IdentityCount); i++)
        {
            ReadOnlySpan<Half> shape = _identities.AsSpan(i * 3 * person.Length, 3 * person.Length);
            for (int v = 0; v < person.Length; v++)
                person[v] += weights[i] * new Vector3((float)shape[3 * v], (float)shape[(3 * v) + 1], (float)shape[(3 * v) + 2]);
        }

        return person;
    }

    /// <summary>A movement by FaceKit's name; null where the head does not know it.</summary>
    internal HeadMovement? Movement(string name) => _movements.GetValueOrDefault(name);

    private static HeadMaterial Material(string name) => name switch
    {
        "M_Face" or "M_BackHead" => HeadMaterial.Skin,
        "M_ScleraLeft" => HeadMaterial.EyeLeft,
        "M_ScleraRight" => HeadMaterial.EyeRight,
        "M_EyeLashes" => HeadMaterial.Lashes,
        "M_GumsTongue" => HeadMaterial.Gums,
        "M_Teeth" => HeadMaterial.Teeth,
        _ => HeadMaterial.None,
    };

    private static Vector3[] Vectors(float[] numbers) =>
        [.. Enumerable.Range(0, numbers.Length / 3).Select(i => new Vector3(numbers[3 * i], numbers[(3 * i) + 1], numbers[(3 * i) + 2]))];
}
