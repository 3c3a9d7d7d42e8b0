namespace Avatar2D.Gateway.Calls.Media;

/// <summary>What a picture may cost for now.</summary>
/// <param name="BitRate">For the encoder, bit/s, as if it were given every picture.</param>
/// <param name="OneOf">Of so many pictures one is sent.</param>
/// <param name="IsSmall">Half as wide and half as high as agreed.</param>
internal readonly record struct VideoStep(int BitRate, int OneOf, bool IsSmall);
