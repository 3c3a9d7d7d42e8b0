namespace Avatar2D.Interop.Tests.Media;

/// <summary>One line of rtp-peer.py.</summary>
/// <param name="Sound">What has come of the sound.</param>
/// <param name="Picture">What has come of the picture.</param>
/// <param name="Reports">RTCP packets by the names of aiortc's types: RtcpSrPacket, RtcpByePacket and others.</param>
internal sealed record PeerFigures(HeardSound Sound, SeenPicture Picture, IReadOnlyDictionary<string, int> Reports);
