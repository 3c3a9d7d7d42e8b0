namespace Avatar2D.Gateway.Calls;

/// <summary>What the media of all calls cost lately.</summary>
/// <param name="Frames">Pictures that were due in the time measured.</param>
/// <param name="LateFrames">Of these, late or left out.</param>
/// <param name="Cores">Use of the machine's cores by this process, 0 to 1.</param>
internal readonly record struct MediaLoad(long Frames, long LateFrames, double Cores)
{
    /// <summary>Share of late pictures, 0 to 1; 0 while there are none.</summary>
    public double Late => Frames == 0 ? 0 : (double)LateFrames / Frames;
}
