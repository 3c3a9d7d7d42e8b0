using System.Text.Json;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// A folder of prepared clips, one folder each. A clip is written beside its place, as <c>NAME.part</c>, and moved there when it is
/// whole: whatever ends the program, a clip is there entirely or not at all. Different clips may be written by different threads.
/// </summary>
public sealed class ShardFolder
{
    private readonly string _path;

    /// <summary>Opens the folder; it is made when it is not there.</summary>
    /// <exception cref="IOException">It cannot be made, or is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public ShardFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
    }

    /// <summary>The record of a finished clip, or null when the clip has to be made.</summary>
    /// <param name="clipPath">As <see cref="ClipEntry.Path"/>.</param>
    /// <exception cref="InvalidDataException">Its record cannot be read.</exception>
    public ClipRecord? Find(string clipPath)
    {
        string file = Path.Combine(Place(clipPath), ShardFormat.RecordFile);
        if (!File.Exists(file))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), ShardJson.Default.ClipRecord);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file} cannot be read ({broken.Message}); delete its folder to make the clip again.", broken);
        }
    }

    /// <summary>Starts a clip; what an earlier run left of it is removed.</summary>
    /// <param name="entry">What it is.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public ShardClipWriter Begin(ClipEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string place = Place(entry.Path);
        if (Directory.Exists(place))
            Directory.Delete(place, recursive: true); // Without a record, or it would not be made again.
        return new ShardClipWriter(entry, place + ".part", place);
    }

    private string Place(string clipPath) => Path.Combine(_path, clipPath.Replace("/", "__", StringComparison.Ordinal));
}
