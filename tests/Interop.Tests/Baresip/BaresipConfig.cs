namespace Avatar2D.Interop.Tests.Baresip;

/// <summary>
/// Writes a folder that baresip 1.0 runs from without screen, sound card or keyboard: it speaks a WAV file, dumps what it sends
/// and hears as WAV files, decodes pictures to nowhere (a display must exist, else it refuses every picture), and is led over
/// TCP.
/// </summary>
internal static class BaresipConfig
{
    /// <summary>Writes the files.</summary>
    /// <param name="folder">Empty folder.</param>
    /// <param name="options">How it is set up.</param>
    /// <param name="sipPort">UDP port for SIP.</param>
    /// <param name="controlPort">TCP port of its control.</param>
    /// <param name="rtpPort">First of <paramref name="rtpPorts"/> ports for media.</param>
    /// <param name="rtpPorts">How many.</param>
    /// <param name="speech">WAV file of <see cref="BaresipOptions.SoundRateHz"/>.</param>
    public static void Write(string folder, BaresipOptions options, int sipPort, int controlPort, int rtpPort, int rtpPorts, string speech)
    {
        Directory.CreateDirectory(Path.Combine(folder, "sound"));
        string camera = options.HasCamera ? "video_source fakevideo,nil\n" : "";
        string host = options.Address.Contains(':') ? $"[{options.Address}]" : options.Address;
        string encryption = options.MediaEncryption is { } name ? $";mediaenc={name}" : "";
        File.WriteAllText(Path.Combine(folder, "config"), $"""
            poll_method epoll
            sip_listen {host}:{sipPort}
            net_interface {options.Address}
            call_local_timeout 120
            call_max_calls 4
            audio_buffer 20-160
            audio_player aubridge,player
            audio_source aufile,{speech}
            audio_alert aubridge,alert
            ausrc_srate {options.SoundRateHz}
            auplay_srate {options.SoundRateHz}
            ausrc_channels 1
            auplay_channels 1
            audio_txmode poll
            audio_level no
            ausrc_format s16
            auplay_format s16
            auenc_format s16
            audec_format s16
            video_size 320x320
            video_bitrate 300000
            video_fps 15.00
            video_fullscreen no
            videnc_format yuv420p
            video_display fakevideo,nil
            {camera}avcodec_h265enc libx265
            rtp_ports {rtpPort}-{rtpPort + rtpPorts - 1}
            rtcp_mux {(options.RtcpMux ? "yes" : "no")}
            jitter_buffer_delay 5-10
            rtp_stats yes
            opus_bitrate 28000
            snd_path {folder}/sound
            module_path /usr/lib/baresip/modules
            module g711.so
            module opus.so
            module g722.so
            module amr.so
            module srtp.so
            module dtls_srtp.so
            module aufile.so
            module aubridge.so
            module sndfile.so
            module uuid.so
            module avcodec.so
            module snapshot.so
            module fakevideo.so
            module_tmp account.so
            module_app menu.so
            module_app debug_cmd.so
            module_app ctrl_tcp.so
            ctrl_tcp_listen 127.0.0.1:{controlPort}

            """);
        File.WriteAllText(
            Path.Combine(folder, "accounts"),
            $"\"caller\" <sip:caller@{host}:{sipPort}>;regint=0;answermode=auto;audio_codecs={options.AudioCodecs};video_codecs={options.VideoCodecs}{encryption}\n");
        File.WriteAllText(Path.Combine(folder, "contacts"), "");
    }
}
