using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Staging;

/// <summary>
/// The loop of one avatar at one size, as I420 pictures in memory, shared by all calls that show it. It is filled from the
/// front while calls already use it: a picture that is not there yet is replaced by the last one that is. With a face it also
/// holds what the model needs to make that face speak.
/// </summary>
public sealed class Stage
{
    private readonly I420Frame?[] _frames;
    private int _count;
    private int _ready;

    internal Stage(StageKey key, int frameCount, double framesPerSecond, StageFace? face = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(framesPerSecond);
        Key = key;
        Face = face;
        FramesPerSecond = framesPerSecond;
        _frames = new I420Frame?[frameCount];
        _count = frameCount;
    }

    /// <summary>Which avatar at which size.</summary>
    public StageKey Key { get; }

    /// <summary>The face that can be animated; null for a clip that is shown as it is.</summary>
    public StageFace? Face { get; }

    /// <summary>Pictures a second of the source clip.</summary>
    public double FramesPerSecond { get; }

    /// <summary>Pictures in the loop; less than the clip promised when it turned out to be shorter.</summary>
    public int FrameCount => Volatile.Read(ref _count);

    /// <summary>Pictures loaded so far, 0 ... <see cref="FrameCount"/>; a stage handed to a call has at least one.</summary>
    public int ReadyFrames => Volatile.Read(ref _ready);

    /// <summary>Bytes of all pictures, and of the face's features, once loaded.</summary>
    public long SizeBytes => (I420Frame.SizeBytes(Key.Width, Key.Height) + (Face?.FeatureBytes ?? 0)) * FrameCount;

    /// <summary>
    /// Number of the picture to show at a time since the loop began; the loop repeats for ever. Any thread.
    /// </summary>
    /// <param name="seconds">At least 0.</param>
    /// <exception cref="InvalidOperationException">No picture has been loaded yet.</exception>
    public int IndexAt(double seconds)
    {
        // A ten-thousandth of a frame absorbs rounding: at equal rates picture n of the call is picture n of the loop.
        long index = (long)((seconds * FramesPerSecond) + 1e-4) % FrameCount;
        int ready = ReadyFrames;
        if (ready == 0)
            throw new InvalidOperationException("The stage has no picture yet.");
        return (int)Math.Min(index, ready - 1);
    }

    /// <summary>A picture that has been loaded; allocates nothing. Any thread.</summary>
    /// <param name="index">0 ... <see cref="ReadyFrames"/> - 1.</param>
    public I420Frame this[int index] => _frames[index]!; // Below the count of ready frames nothing is null.

    /// <summary>The picture to show at a time since the loop began, as by <see cref="IndexAt"/>.</summary>
    public I420Frame FrameAt(double seconds) => this[IndexAt(seconds)];

    /// <summary>The clip has ended: the loop is what there is. Only the loader calls it, after the first picture.</summary>
    internal void End() => Volatile.Write(ref _count, _ready);

    /// <summary>Adds the next picture; only the loader calls it.</summary>
    internal void Append(I420Frame frame)
    {
        int ready = _ready;
        _frames[ready] = frame;
        Volatile.Write(ref _ready, ready + 1);
    }
}
