namespace Avatar2D.Gateway.Options;

/// <summary>What a caller hears when nobody else is in the call.</summary>
public enum AudioReturnMode
{
    /// <summary>The own voice, delayed as the picture is.</summary>
    Echo,

    /// <summary>Nothing; packets flow.</summary>
    Silence,

    /// <summary>A recording in a loop.</summary>
    Announcement,
}
