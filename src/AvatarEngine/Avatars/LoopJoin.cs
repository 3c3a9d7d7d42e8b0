namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>How the end of a loop meets its beginning.</summary>
public enum LoopJoin
{
    /// <summary>The motion itself closes.</summary>
    Exact,

    /// <summary>The last pictures fade into those before the first.</summary>
    CrossFade,

    /// <summary>The pictures run forth and back.</summary>
    PingPong,
}
