namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>Numbers of the training shards; training/README.md, "Shard format".</summary>
public static class ShardFormat
{
    /// <summary>Pictures per second.</summary>
    public const int FrameRate = 25;

    /// <summary>Hz of the mono sound.</summary>
    public const int SampleRateHz = 16_000;

    /// <summary>Samples of one picture: 16000 / 25.</summary>
    public const int SamplesPerFrame = SampleRateHz / FrameRate;

    /// <summary>Samples kept after the last picture, for the look-ahead of its sound window: 100 ms.</summary>
    public const int TailSamples = 1600;

    /// <summary>Side of the face window, which holds the patch at (<see cref="FaceOriginX"/>, <see cref="FaceOriginY"/>).</summary>
    public const int FacePx = 256;

    /// <summary>Column of the patch in the face window.</summary>
    public const int FaceOriginX = 64;

    /// <summary>Row of the patch in the face window.</summary>
    public const int FaceOriginY = 96;

    /// <summary>Eye centres in a patch are this far apart, in pixels.</summary>
    public const double EyeDistancePx = 67;

    /// <summary>Points of the face mesh.</summary>
    public const int MeshPoints = 468;

    /// <summary>The last file of a clip to be written.</summary>
    internal const string RecordFile = "clip.json";

    /// <summary>Folder of the records of films; it holds no clip.</summary>
    internal const string FilmsFolder = "films";
}
