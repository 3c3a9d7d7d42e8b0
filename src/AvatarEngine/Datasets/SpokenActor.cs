using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A synthetic person who can be filmed. One instance serves one thread.</summary>
internal abstract class SpokenActor : IDisposable
{
    /// <summary>Side of the pictures: as the gallery's avatars have them; the eyes stand about as far apart as in a patch.</summary>
    public const int PicturePx = 512;

    /// <summary>Name among the people of the set.</summary>
    public abstract string Name { get; }

    /// <summary>Draws voice, sentences and acting.</summary>
    public abstract int Seed { get; }

    /// <summary>How far the head turns against a drawn character, which has no sides.</summary>
    public virtual float Turning => 1;

    /// <summary>The last picture: blue, green, red, 255; rows without gaps, <see cref="PicturePx"/> square.</summary>
    public abstract ReadOnlySpan<byte> Pixels { get; }

    /// <summary>The person's voice.</summary>
    public abstract SpeakerVoice Voice(IReadOnlyList<SynthesizerVoice> voices);

    /// <summary>Sets up a new clip.</summary>
    /// <param name="lot">A number of its own for each clip.</param>
    public virtual void Begin(int lot)
    {
    }

    /// <summary>Makes a picture.</summary>
    /// <param name="face">What the face does.</param>
    /// <param name="mesh">468 points, filled: picture pixels, pixel centres at whole numbers; points that are not known stay as they are.</param>
    public abstract void Render(in FaceParameters face, Span<Vector3> mesh);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
