namespace Avatar2D.AvatarEngine.Driving.Audio;

/// <summary>
/// Tells voice from a quiet line by level: follows the noise floor (down at once, up slowly, so that steady noise becomes floor
/// within seconds) and opens while the level stands clear above it. One step per mel frame of 12.5 ms.
/// </summary>
internal sealed class VoiceGate
{
    /// <summary>Below this nothing is voice, dB: telephone speech lies near -25, comfort noise near -60.</summary>
    private const float LeastDb = -52;

    private const float OpenAboveFloorDb = 9;
    private const float CloseAboveFloorDb = 6;

    /// <summary>4 dB/s: a sentence without a pause of 3 s lifts the floor by 12 dB, half of what speech stands above a line's noise.</summary>
    private const float FloorRiseDb = 0.05f;
    private const float FloorFall = 0.25f;
    private const float FloorLowestDb = -90;
    private const float FloorHighestDb = -25;

    /// <summary>100 ms: the stops within words do not close it.</summary>
    private const int HangoverFrames = 8;

    /// <summary>Open within 37.5 ms, which is less than the window looks ahead.</summary>
    private const float Attack = 0.34f;

    /// <summary>Closed 125 ms after the hangover.</summary>
    private const float Release = 0.1f;

    private float _floorDb;
    private int _hangover;

    public VoiceGate() => Reset();

    /// <summary>0 closed ... 1 open.</summary>
    public float Gain { get; private set; }

    /// <summary>The last frame stood above the line's noise, whatever it was.</summary>
    public bool Sounds { get; private set; }

    /// <summary>Closed, with the floor of a quiet line.</summary>
    public void Reset()
    {
        _floorDb = -70;
        _hangover = 0;
        Gain = 0;
    }

    /// <summary>Takes the next frame and gives the gain at it.</summary>
    /// <param name="levelDb">Its level.</param>
    /// <param name="isTone">A key, a tone of the network, or music: no voice, however loud.</param>
    public float Next(float levelDb, bool isTone = false)
    {
        _floorDb += levelDb < _floorDb ? FloorFall * (levelDb - _floorDb) : Math.Min(FloorRiseDb, levelDb - _floorDb);
        _floorDb = Math.Clamp(_floorDb, FloorLowestDb, FloorHighestDb);
        float margin = _hangover > 0 ? CloseAboveFloorDb : OpenAboveFloorDb;
        Sounds = levelDb > LeastDb && levelDb > _floorDb + CloseAboveFloorDb;
        if (isTone)
            _hangover = 0;
        else if (levelDb > LeastDb && levelDb > _floorDb + margin)
            _hangover = HangoverFrames + 1;
        else if (_hangover > 0)
            _hangover--;
        Gain = _hangover > 0 ? Math.Min(1, Gain + Attack) : Math.Max(0, Gain - Release);
        return Gain;
    }
}
