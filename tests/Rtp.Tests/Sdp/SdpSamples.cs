using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

/// <summary>Bodies in the manner of real peers: names of attributes, payload types and order as those products send them.</summary>
internal static class SdpSamples
{
    public const string SippAudio =
        "v=0\r\no=uac 5100 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" +
        "m=audio 6000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n" +
        "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";

    public const string Linphone =
        "v=0\r\no=lina 2891 1543 IN IP4 192.168.1.20\r\ns=Talk\r\nc=IN IP4 192.168.1.20\r\nt=0 0\r\n" +
        "a=ice-pwd:c3ab1f2e3b1d4f1f3a5b6c7d\r\na=ice-ufrag:61f2b5c1\r\n" +
        "a=rtcp-xr:rcvr-rtt=all:10000 stat-summary=loss,dup,jitt,TTL voip-metrics\r\na=record:off\r\n" +
        "m=audio 50010 RTP/AVP 96 97 98 0 8 101 99 100\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1\r\n" +
        "a=rtpmap:97 speex/16000\r\na=fmtp:97 vbr=on\r\na=rtpmap:98 speex/8000\r\na=fmtp:98 vbr=on\r\n" +
        "a=rtpmap:101 telephone-event/48000\r\na=rtpmap:99 telephone-event/16000\r\na=rtpmap:100 telephone-event/8000\r\n" +
        "a=rtcp-fb:* trr-int 5000\r\na=rtcp-fb:* ccm tmmbr\r\n" +
        "m=video 50012 RTP/AVP 96 97\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 H264/90000\r\na=fmtp:97 profile-level-id=42801F\r\n" +
        "a=rtcp-fb:* trr-int 5000\r\na=rtcp-fb:* ccm tmmbr\r\na=rtcp-fb:96 nack pli\r\na=rtcp-fb:96 ccm fir\r\n" +
        "a=rtcp-fb:97 nack pli\r\na=rtcp-fb:97 ccm fir\r\n";

    public const string Baresip =
        "v=0\r\no=- 3414953978 3434564012 IN IP4 10.0.0.5\r\ns=-\r\nc=IN IP4 10.0.0.5\r\nt=0 0\r\na=tool:baresip 1.0.0\r\n" +
        "m=audio 10042 RTP/AVP 0 8 101\r\nb=AS:125\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n" +
        "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=rtcp:10043\r\na=sendrecv\r\na=label:1\r\na=rtcp-rsize\r\n" +
        "a=ssrc:2134512 cname:sip:a@10.0.0.5\r\na=ptime:20\r\n" +
        "m=video 10044 RTP/AVP 97\r\nb=AS:512\r\na=rtpmap:97 H264/90000\r\na=fmtp:97 packetization-mode=0;profile-level-id=42001f\r\n" +
        "a=framerate:25.00\r\na=rtcp:10045\r\na=rtcp-fb:* nack pli\r\na=sendrecv\r\na=label:2\r\na=content:main\r\n";

    public const string AndroidIms =
        "v=0\r\no=rue 3251 3251 IN IP6 2001:db8::10\r\ns=-\r\nc=IN IP6 2001:db8::10\r\nb=AS:462\r\nt=0 0\r\n" +
        "m=audio 31000 RTP/AVP 104 110 102 108 105 100\r\nb=AS:41\r\nb=RS:512\r\nb=RR:1537\r\na=rtpmap:104 AMR-WB/16000/1\r\n" +
        "a=fmtp:104 mode-change-capability=2;max-red=0\r\na=rtpmap:110 AMR-WB/16000/1\r\n" +
        "a=fmtp:110 octet-align=1;mode-change-capability=2;max-red=0\r\na=rtpmap:102 AMR/8000/1\r\n" +
        "a=rtpmap:108 PCMU/8000\r\na=rtpmap:105 telephone-event/16000\r\na=fmtp:105 0-15\r\n" +
        "a=rtpmap:100 telephone-event/8000\r\na=fmtp:100 0-15\r\na=curr:qos local none\r\na=curr:qos remote none\r\n" +
        "a=des:qos mandatory local sendrecv\r\na=des:qos optional remote sendrecv\r\na=sendrecv\r\na=maxptime:240\r\na=ptime:20\r\n" +
        "m=video 31002 RTP/AVP 114\r\nb=AS:384\r\nb=RS:8000\r\nb=RR:6000\r\na=rtpmap:114 H264/90000\r\n" +
        "a=fmtp:114 profile-level-id=42C00C;packetization-mode=1;sprop-parameter-sets=Z0LADNoPCoA=,aM4G4g==\r\n" +
        "a=imageattr:114 send [x=240,y=320] recv [x=240,y=320]\r\na=framerate:15\r\na=curr:qos local none\r\na=curr:qos remote none\r\n" +
        "a=des:qos mandatory local sendrecv\r\na=des:qos optional remote sendrecv\r\na=sendrecv\r\na=tcap:1 RTP/AVPF\r\na=pcfg:1 t=1\r\n" +
        "a=rtcp-fb:* nack pli\r\na=rtcp-fb:* ccm fir\r\na=extmap:7 urn:3gpp:video-orientation\r\n";

    public const string Browser =
        "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\na=msid-semantic: WMS\r\n" +
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:4ZcD\r\n" +
        "a=ice-pwd:2/1muCWoOi3uLifh0NuRHlLy\r\na=fingerprint:sha-256 19:E2:1C:3B:4B:9F:81:E6\r\na=setup:actpass\r\na=mid:0\r\n" +
        "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n" +
        "a=rtcp-fb:111 transport-cc\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n" +
        "a=rtpmap:9 G722/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:13 CN/8000\r\n" +
        "a=rtpmap:110 telephone-event/48000\r\na=rtpmap:126 telephone-event/8000\r\n" +
        "m=video 9 UDP/TLS/RTP/SAVPF 102 103 106 107 39\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=recvonly\r\na=rtcp-mux\r\na=rtcp-rsize\r\n" +
        "a=rtpmap:102 H264/90000\r\na=rtcp-fb:102 goog-remb\r\na=rtcp-fb:102 ccm fir\r\na=rtcp-fb:102 nack\r\na=rtcp-fb:102 nack pli\r\n" +
        "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f\r\na=rtpmap:103 rtx/90000\r\n" +
        "a=fmtp:103 apt=102\r\na=rtpmap:106 H264/90000\r\na=rtcp-fb:106 ccm fir\r\na=rtcp-fb:106 nack pli\r\n" +
        "a=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\na=rtpmap:107 H264/90000\r\n" +
        "a=fmtp:107 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f\r\na=rtpmap:39 H264/90000\r\n" +
        "a=fmtp:39 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640c1f\r\n";

    public const string Asterisk =
        "v=0\r\no=- 1432 1434 IN IP4 203.0.113.7\r\ns=Asterisk\r\nc=IN IP4 203.0.113.7\r\nt=0 0\r\n" +
        "m=audio 14220 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n" +
        "a=fmtp:101 0-16\r\na=ptime:20\r\na=maxptime:140\r\na=sendrecv\r\n" +
        "m=video 17002 RTP/AVP 99\r\na=rtpmap:99 H264/90000\r\na=sendrecv\r\n";

    public const string FreeSwitch =
        "v=0\r\no=FreeSWITCH 1690000000 1690000001 IN IP4 198.51.100.4\r\ns=FreeSWITCH\r\nc=IN IP4 198.51.100.4\r\nt=0 0\r\n" +
        "m=audio 24580 RTP/SAVP 102 9 0 8 103 101\r\na=rtpmap:102 opus/48000/2\r\na=fmtp:102 useinbandfec=1; maxaveragebitrate=30000; maxplaybackrate=48000; ptime=20; minptime=10; maxptime=40; stereo=1\r\n" +
        "a=rtpmap:9 G722/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:103 telephone-event/48000\r\na=fmtp:103 0-16\r\n" +
        "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n" +
        "a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0|2^20\r\na=ptime:20\r\n";

    /// <summary>Every sample by name, for theories.</summary>
    public static TheoryData<string, string> All => new()
    {
        { nameof(SippAudio), SippAudio },
        { nameof(Linphone), Linphone },
        { nameof(Baresip), Baresip },
        { nameof(AndroidIms), AndroidIms },
        { nameof(Browser), Browser },
        { nameof(Asterisk), Asterisk },
        { nameof(FreeSwitch), FreeSwitch },
    };

    public static SdpSession Parse(string text)
    {
        Assert.True(SdpSession.TryParse(text, out SdpSession? session, out SdpError error), error.ToString());
        return session!;
    }
}
