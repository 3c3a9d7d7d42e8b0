namespace Avatar2D.Gateway.Calls;

/// <summary>Says what picture a caller's call carries. Asked on the thread of signalling: it answers from memory.</summary>
internal interface ICallerPictures
{
    /// <summary>The picture of a caller.</summary>
    CallerPicture For(CallerIdentity caller);
}
