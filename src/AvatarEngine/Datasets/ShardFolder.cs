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
    public ShardClipWriter Begin(ClipEntry entry) => Begin(entry, PicturePlace.Whole);

    /// <summary>Starts a clip; what an earlier run left of it is removed.</summary>
    /// <param name="entry">What it is.</param>
    /// <param name="pictures">Where the pictures that will be added lie in the film.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public ShardClipWriter Begin(ClipEntry entry, PicturePlace pictures)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string place = Place(entry.Path);
        if (Directory.Exists(place))
            Directory.Delete(place, recursive: true); // Without a record, or it would not be made again.
        return new ShardClipWriter(entry, pictures, place + ".part", place);
    }

    /// <summary>The record of a film that is done, or null.</summary>
    /// <param name="filmPath">As <see cref="FilmSource.Path"/>.</param>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    internal FilmRecord? FindFilm(string filmPath)
    {
        string file = FilmFile(filmPath);
        if (!File.Exists(file))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), ShardJson.Default.FilmRecord);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file} cannot be read ({broken.Message}); delete it to prepare the film again.", broken);
        }
    }

    /// <summary>Notes that a film is done.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void WriteFilm(FilmRecord film)
    {
        string file = FilmFile(film.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!); // It lies in a folder.
        File.WriteAllBytes(file + ".part", JsonSerializer.SerializeToUtf8Bytes(film, ShardJson.Default.FilmRecord));
        File.Move(file + ".part", file, overwrite: true);
    }

    private string FilmFile(string filmPath) =>
        Path.Combine(_path, ShardFormat.FilmsFolder, filmPath.Replace("/", "__", StringComparison.Ordinal) + ".json");

    private string Place(string clipPath) => Path.Combine(_path, clipPath.Replace("/", "__", StringComparison.Ordinal));
}
