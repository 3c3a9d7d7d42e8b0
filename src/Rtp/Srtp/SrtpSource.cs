namespace Avatar2D.Rtp.Srtp;

/// <summary>What is remembered of one source that sends to us.</summary>
internal struct SrtpSource
{
    public bool IsUsed;
    public uint Ssrc;
    public long LastUsed;
    public ReplayWindow Packets;
}
