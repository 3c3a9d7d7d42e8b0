using Avatar2D.Gateway.Options;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Gateway.Commands;

/// <summary>What the load is to be.</summary>
/// <param name="Target">Whom to call.</param>
/// <param name="Voice">Calls without picture at one time.</param>
/// <param name="Pictures">Calls with picture at one time.</param>
/// <param name="Length">How long calls are held from the last one's start, or come and go.</param>
/// <param name="Rate">Calls begun in a second.</param>
/// <param name="IsRandom">Calls come and go.</param>
/// <param name="Seed">Draws them.</param>
/// <param name="Pid">Process to watch; null for none.</param>
/// <param name="Codec">Audio codec.</param>
internal sealed record LoadPlan(
    SipUri Target, int Voice, int Pictures, TimeSpan Length, int Rate, bool IsRandom, int Seed, int? Pid, AudioCodecChoice Codec)
{
    /// <summary>Calls at one time.</summary>
    public int Calls => Voice + Pictures;

    /// <summary>When all end, from the start.</summary>
    public TimeSpan End => Length + TimeSpan.FromSeconds(Calls / (double)Rate);
}
