using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// The rate that we send AMR with: as high as the peer's mode-set allows, up to what its packets ask for (RFC 4867 §3.3.1, §8.1).
/// One thread.
/// </summary>
internal sealed class AmrRate
{
    /// <summary>12.2 kbit/s, the highest narrowband rate; wideband 12.65 kbit/s, the usual one of IMS.</summary>
    private const int NarrowMode = 7;
    private const int WideMode = 2;
    private const int HighestWideMode = 8;

    private readonly uint _allowed; // Bit n: mode n.
    private readonly int _usual;

    /// <summary>Reads the peer's mode-set; without one every mode is allowed.</summary>
    public AmrRate(bool wide, FormatParameters peer)
    {
        int highest = wide ? HighestWideMode : NarrowMode;
        foreach (string text in (peer["mode-set"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(text, out int mode) && mode >= 0 && mode <= highest)
                _allowed |= 1u << mode;
        }

        if (_allowed == 0)
            _allowed = (2u << highest) - 1;
        _usual = wide ? WideMode : NarrowMode;
        Mode = AtMost(_usual);
    }

    /// <summary>The mode to encode with.</summary>
    public int Mode { get; private set; }

    /// <summary>Takes the request of a packet; 15 asks for nothing.</summary>
    public void OnRequest(int modeRequest)
    {
        if (modeRequest != AmrPayload.NoRequest)
            Mode = AtMost(modeRequest);
    }

    private int AtMost(int mode)
    {
        for (int candidate = Math.Min(mode, HighestWideMode); candidate >= 0; candidate--)
        {
            if ((_allowed >> candidate & 1) != 0)
                return candidate;
        }

        return int.TrailingZeroCount((int)_allowed); // All allowed ones are higher.
    }
}
