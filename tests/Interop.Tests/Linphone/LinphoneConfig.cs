namespace Avatar2D.Interop.Tests.Linphone;

/// <summary>
/// Writes a folder that linphonec 5 runs from without screen, sound card or camera: one audio codec, H.264 to look at, video neither
/// offered nor sent but accepted when the far end adds it.
/// </summary>
internal static class LinphoneConfig
{
    /// <summary>All audio codecs of linphone: what is not named is on.</summary>
    private static readonly (string Mime, int Rate, int Channels)[] Audio =
    [
        ("opus", 48000, 2), ("speex", 16000, 1), ("speex", 8000, 1), ("speex", 32000, 1), ("PCMU", 8000, 1), ("PCMA", 8000, 1), ("GSM", 8000, 1),
        ("G722", 8000, 1), ("G729", 8000, 1),
    ];

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Empty folder; also linphone's home.</param>
    /// <param name="audioCodec">In linphone's words.</param>
    /// <param name="sipPort">UDP port for SIP.</param>
    /// <param name="rtpPort">First of four ports for media.</param>
    /// <param name="password">Of the user "caller" in the realm avatar2d; null: none.</param>
    /// <returns>The configuration file.</returns>
    public static string Write(string folder, string audioCodec, int sipPort, int rtpPort, string? password = null)
    {
        string secret = password is null ? "" : $"[auth_info_0]\nusername=caller\nrealm=avatar2d\npasswd={password}\n";
        Directory.CreateDirectory(Path.Combine(folder, ".local", "share", "linphone")); // Else it has no database, and says so all the time.
        string codecs = string.Concat(Audio.Select((codec, i) =>
            $"[audio_codec_{i}]\nmime={codec.Mime}\nrate={codec.Rate}\nchannels={codec.Channels}\nenabled={(codec.Mime == audioCodec ? 1 : 0)}\n"));
        string path = Path.Combine(folder, "linphonerc");
        File.WriteAllText(path, $"""
            [sip]
            sip_port={sipPort}
            sip_tcp_port=0
            sip_tls_port=0
            guess_hostname=0
            contact="caller" <sip:caller@127.0.0.1:{sipPort}>
            auto_net_state_mon=0
            use_ipv6=0
            ipv6_migration_done=1
            [rtp]
            audio_rtp_port={rtpPort}
            video_rtp_port={rtpPort + 2}
            [net]
            mtu=1300
            [video]
            enabled=1
            capture=0
            display=1
            automatically_initiate=0
            automatically_accept=1
            self_view=0
            {secret}{codecs}[video_codec_0]
            mime=VP8
            rate=90000
            enabled=0
            [video_codec_1]
            mime=H264
            rate=90000
            enabled=1
            recv_fmtp=profile-level-id=42801F

            """);
        return path;
    }
}
