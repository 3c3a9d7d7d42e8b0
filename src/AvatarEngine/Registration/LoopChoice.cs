using Avatar2D.AvatarEngine.Avatars;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>A stretch of a film that is to be repeated for ever.</summary>
/// <param name="First">Its first picture.</param>
/// <param name="Count">Pictures of the stretch.</param>
/// <param name="Join">How its end meets its beginning.</param>
/// <param name="Cost">How bad it is, 0 upwards; 1 is a jump that can be seen.</param>
internal readonly record struct LoopChoice(int First, int Count, LoopJoin Join, double Cost)
{
    /// <summary>Pictures that fade into those before the first.</summary>
    public const int FadeFrames = 8;

    /// <summary>Pictures of the loop that is played.</summary>
    public int LoopFrames => Join == LoopJoin.PingPong ? Math.Max(1, (2 * Count) - 2) : Count;

    /// <summary>Which picture of the film is shown at a place of the loop.</summary>
    /// <param name="frame">0 ... <see cref="LoopFrames"/> - 1.</param>
    public int FilmFrame(int frame) => First + (frame < Count ? frame : (2 * Count) - 2 - frame);

    /// <summary>Share of the picture before <see cref="First"/> in a fading place of the loop; 0 elsewhere.</summary>
    /// <param name="frame">0 ... <see cref="LoopFrames"/> - 1.</param>
    public double Fade(int frame)
    {
        int into = frame - (Count - FadeFrames);
        if (Join != LoopJoin.CrossFade || into < 0)
            return 0;
        double t = (into + 1.0) / (FadeFrames + 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>The picture of the film that a fading place fades into; it leads into <see cref="First"/>.</summary>
    /// <param name="frame">A place with a <see cref="Fade"/>.</param>
    public int FadeFrame(int frame) => First - Count + frame;
}
