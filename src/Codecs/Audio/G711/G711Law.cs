namespace Avatar2D.Codecs.Audio;

/// <summary>The two companding laws of ITU-T G.711.</summary>
public enum G711Law
{
    /// <summary>A-law, RTP payload type 8 (PCMA).</summary>
    A,

    /// <summary>Mu-law, RTP payload type 0 (PCMU).</summary>
    Mu,
}
