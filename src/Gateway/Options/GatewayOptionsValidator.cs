using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Gateway.Options;

/// <summary>Checks settings: each by its annotations, then those that depend on each other. Runs every rule, stops at none.</summary>
public static class GatewayOptionsValidator
{
    /// <summary>Ports of one call: RTP and RTCP of audio, RTP and RTCP of video.</summary>
    public const int PortsPerCall = 4;

    /// <summary>Checks options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="knownAvatars">Names of avatars that exist; null leaves names unchecked.</param>
    /// <returns>One line per error, each beginning with the setting's path; empty when all is well.</returns>
    public static IReadOnlyList<string> Validate(GatewayOptions options, IReadOnlyCollection<string>? knownAvatars = null)
    {
        var errors = new List<string>();
        foreach (Setting setting in SettingCatalog.All)
            CheckAnnotations(setting, setting.Read(options), errors);
        CheckSip(options, errors);
        CheckRtp(options, errors);
        CheckAudio(options.Audio, errors);
        CheckVideo(options.Video, errors);
        CheckAvatar(options.Avatar, knownAvatars, errors);
        CheckCalls(options.Calls, errors);
        CheckHttp(options, errors);
        CheckStore(options.Store, options.ObjectStore, errors);
        CheckTokens(options.Tokens, errors);
        CheckCdr(options.Cdr, errors);
        return errors;
    }

    private static void CheckAnnotations(Setting setting, object? value, List<string> errors)
    {
        foreach (ValidationAttribute rule in setting.Property.GetCustomAttributes(typeof(ValidationAttribute), true).Cast<ValidationAttribute>())
        {
            if (rule.IsValid(value))
                continue;
            string wanted = rule switch
            {
                RangeAttribute range => $"must be from {range.Minimum} to {range.Maximum}",
                StringLengthAttribute length => $"must have {length.MinimumLength} to {length.MaximumLength} characters",
                MinLengthAttribute => "must name at least one",
                AllowedValuesAttribute allowed => $"must be one of {string.Join(", ", allowed.Values)}",
                RegularExpressionAttribute pattern => $"must match {pattern.Pattern}",
                _ => rule.FormatErrorMessage(setting.Property.Name),
            };
            errors.Add($"{setting.Path}: {Setting.Describe(value)}: {wanted} (default: {Setting.Describe(setting.Default)})");
        }
    }

    private static void CheckSip(GatewayOptions options, List<string> errors)
    {
        SipOptions sip = options.Sip;
        var points = new HashSet<string>();
        foreach (string text in sip.Listen)
        {
            if (!SipListenPoint.TryParse(text, out SipListenPoint? point, out string? error))
            {
                errors.Add($"Sip:Listen: \"{text}\" {error}");
                continue;
            }

            int port = point.EndPoint.Port;
            if (port != 0 && !points.Add($"{point.Protocol}:{point.EndPoint}"))
                errors.Add($"Sip:Listen: \"{text}\" stands twice");
            if (point.Protocol == SipListenProtocol.Udp && port >= options.Rtp.PortMin && port <= options.Rtp.PortMax)
                errors.Add($"Sip:Listen: \"{text}\" lies in the media ports {options.Rtp.PortMin} to {options.Rtp.PortMax} (Rtp:PortMin, Rtp:PortMax)");
        }

        CheckTls(sip, errors);
        CheckPeers(sip, errors);
        if (sip.SessionExpiresSeconds > 0 && sip.SessionExpiresSeconds < sip.MinSessionExpiresSeconds)
            errors.Add($"Sip:SessionExpiresSeconds: {sip.SessionExpiresSeconds} is below Sip:MinSessionExpiresSeconds ({sip.MinSessionExpiresSeconds}); 0 turns session timers off");
        CheckAddress("Sip:AdvertisedAddress", sip.AdvertisedAddress, errors);
        if (sip.AdvertisedPort != 0 && sip.AdvertisedAddress.Length == 0)
            errors.Add("Sip:AdvertisedPort: needs Sip:AdvertisedAddress");
        if (sip.UserAgent.Any(char.IsControl))
            errors.Add("Sip:UserAgent: must have no control characters");
        foreach (string text in sip.TrustedPeers.Where(t => !PeerNetworks.TryParse(t, out _)))
            errors.Add($"Sip:TrustedPeers: \"{text}\" is neither an IP address nor a network such as 10.0.0.0/8");
    }

    private static void CheckPeers(SipOptions sip, List<string> errors)
    {
        foreach ((string user, string text) in sip.Users)
        {
            if (!UserHashes.TryParse(text, out _))
                errors.Add($"Sip:Users:{user}: must be the MD5 (32) or SHA-256 (64 hexadecimal digits) of {user}:{sip.Realm}:PASSWORD");
        }

        foreach (string text in sip.NameServers.Where(t => !IPEndPoint.TryParse(t, out _)))
            errors.Add($"Sip:NameServers: \"{text}\" is neither an IP address nor an IP address and a port");
        CheckUri("Sip:OutboundProxy", sip.OutboundProxy, needsUser: false);
        CheckUri("Sip:Registrar", sip.Registrar, needsUser: false);
        CheckUri("Sip:RegisterAs", sip.RegisterAs, needsUser: true);
        if ((sip.Registrar.Length > 0) != (sip.RegisterAs.Length > 0))
            errors.Add("Sip:Registrar: goes together with Sip:RegisterAs");
        if (sip.AuthPasswordFile.Length > 0 && !File.Exists(sip.AuthPasswordFile))
            errors.Add($"Sip:AuthPasswordFile: there is no file {sip.AuthPasswordFile}");
        if (sip.AuthPasswordFile.Length > 0 && sip.AuthUser.Length == 0 && sip.RegisterAs.Length == 0)
            errors.Add("Sip:AuthPasswordFile: needs Sip:AuthUser or Sip:RegisterAs");

        void CheckUri(string path, string text, bool needsUser)
        {
            if (text.Length > 0 && (!SipUri.TryParse(text, out SipUri? uri) || !uri.IsSip || (needsUser && string.IsNullOrEmpty(uri.User))))
                errors.Add($"{path}: \"{text}\" is not a SIP URI such as sip:{(needsUser ? "100@" : "")}pbx.example.com");
        }
    }

    private static void CheckTls(SipOptions sip, List<string> errors)
    {
        bool listens = sip.Listen.Any(t => SipListenPoint.TryParse(t, out SipListenPoint? p, out _) && p.Protocol == SipListenProtocol.Tls);
        if (listens && sip.TlsCertificates.Count == 0)
            errors.Add("Sip:TlsCertificates: a tls: point of Sip:Listen needs a certificate");
        foreach (string text in sip.TlsCertificates)
        {
            if (!TlsCertificateFiles.TryParse(text, out _, out string? error))
                errors.Add($"Sip:TlsCertificates: \"{text}\" {error}");
        }

        if (sip.TlsAuthorities.Length > 0 && !File.Exists(sip.TlsAuthorities))
            errors.Add($"Sip:TlsAuthorities: there is no file {sip.TlsAuthorities}");
    }

    private static void CheckCalls(CallOptions calls, List<string> errors)
    {
        if (calls.AnswerDelay >= calls.SetupTimeout)
        {
            errors.Add(
                $"Calls:AnswerDelayMs: {calls.AnswerDelayMs} must be shorter than Calls:SetupTimeoutSeconds ({calls.SetupTimeoutSeconds} s)");
        }
    }

    private static void CheckRtp(GatewayOptions options, List<string> errors)
    {
        RtpOptions rtp = options.Rtp;
        foreach (string text in rtp.BindAddresses)
        {
            if (!RtpBindPoint.TryParse(text, out _, out string? error))
                errors.Add($"Rtp:BindAddresses: \"{text}\" {error}");
        }

        CheckAddress("Rtp:AdvertisedAddress", rtp.AdvertisedAddress, errors);
        if ((rtp.PortMin & 1) != 0)
            errors.Add($"Rtp:PortMin: {rtp.PortMin} must be even (RTP takes the even port, RTCP the next; RFC 3550 §11)");
        int ports = rtp.PortMax - rtp.PortMin + 1;
        int wanted = options.Calls.MaxCalls * PortsPerCall;
        if (ports < PortsPerCall)
            errors.Add($"Rtp:PortMax: {rtp.PortMax} must be at least {PortsPerCall - 1} above Rtp:PortMin ({rtp.PortMin})");
        else if (ports < wanted)
            errors.Add($"Rtp:PortMax: {ports} ports are too few for Calls:MaxCalls = {options.Calls.MaxCalls}, which needs {wanted} ({PortsPerCall} per call)");
        if (rtp.JitterMinMs > rtp.JitterMaxMs)
            errors.Add($"Rtp:JitterMinMs: {rtp.JitterMinMs} is above Rtp:JitterMaxMs ({rtp.JitterMaxMs})");
    }

    private static void CheckAudio(AudioOptions audio, List<string> errors)
    {
        CheckDistinct("Audio:Codecs", audio.Codecs, errors);
        if (audio.ReturnMode == AudioReturnMode.Announcement && InstallationFiles.Find(audio.AnnouncementPath) is null)
            errors.Add($"Audio:AnnouncementPath: \"{audio.AnnouncementPath}\" is not a file (Audio:ReturnMode = announcement needs it)");
    }

    private static void CheckVideo(VideoOptions video, List<string> errors)
    {
        CheckDistinct("Video:Codecs", video.Codecs, errors);
        if ((video.Width & 1) != 0)
            errors.Add($"Video:Width: {video.Width} must be even (chroma has half the size)");
        if ((video.Height & 1) != 0)
            errors.Add($"Video:Height: {video.Height} must be even (chroma has half the size)");
        if (video.EarlyKeyFrameIntervalSeconds > video.KeyFrameIntervalSeconds)
            errors.Add($"Video:EarlyKeyFrameIntervalSeconds: {video.EarlyKeyFrameIntervalSeconds} is above Video:KeyFrameIntervalSeconds ({video.KeyFrameIntervalSeconds})");
        CheckProfile(video, errors);
    }

    private static void CheckProfile(VideoOptions video, List<string> errors)
    {
        string written = video.OfferProfileLevelId;
        if (!int.TryParse(written, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int bits) || written.Length != 6)
            return; // its annotation has said so
        int profile = bits >> 16;
        bool isConstraint3 = (bits & 0x1000) != 0;
        byte idc = (byte)bits;
        if (profile != 0x42)
        {
            errors.Add($"Video:OfferProfileLevelId: {written} is not a Baseline profile (42....), which is what the encoder makes");
            return;
        }

        if (H264Level.FromIdc(idc, isConstraint3 && idc == 11) is not { } level)
        {
            errors.Add($"Video:OfferProfileLevelId: {written} ends in no level of H.264");
            return;
        }

        if (Fits(level))
            return;
        H264Level? enough = H264Level.All.FirstOrDefault(l => !l.Is1b && Fits(l));
        string advice = enough is null ? "no level has it" : $"level {enough.Name} has it: {written[..4]}{enough.Idc:x2}";
        errors.Add($"Video:OfferProfileLevelId: {written} (level {level.Name}) is too low for {video.Width}x{video.Height} at {video.FramesPerSecond} frames/s and {video.BitRateKbps} kbit/s; {advice}");

        bool Fits(H264Level candidate)
        {
            int macroblocks = (video.Width + 15) / 16 * ((video.Height + 15) / 16);
            return macroblocks <= candidate.MaxFrameMacroblocks
                && macroblocks * video.FramesPerSecond <= candidate.MaxMacroblocksPerSecond
                && video.BitRateKbps <= candidate.MaxBitrateKbps;
        }
    }

    private static void CheckAvatar(AvatarOptions avatar, IReadOnlyCollection<string>? knownAvatars, List<string> errors)
    {
        if (avatar.ByIdentity.Any(pair => pair.Key.Length == 0))
            errors.Add("Avatar:ByIdentity: an identity is empty");
        if (knownAvatars is null)
            return;
        CheckKnown("Avatar:Default", avatar.Default);
        foreach ((string identity, string name) in avatar.ByIdentity)
            CheckKnown($"Avatar:ByIdentity:{identity}", name);

        void CheckKnown(string path, string name)
        {
            if (!knownAvatars.Contains(name))
                errors.Add($"{path}: there is no avatar \"{name}\"; there are {string.Join(", ", knownAvatars.Order(StringComparer.Ordinal))}");
        }
    }

    private static void CheckHttp(GatewayOptions options, List<string> errors)
    {
        if (options.Http.Listen.Length == 0)
            return;
        if (!HostPort.TryParse(options.Http.Listen, out HostPort http, out string? error))
            errors.Add($"Http:Listen: \"{options.Http.Listen}\" {error}");
        else if (http.EndPoint is null && http.Host != "localhost")
            errors.Add($"Http:Listen: \"{options.Http.Listen}\" must have an IP address or localhost");
        else if (http.Port != 0 && options.Sip.Listen.Any(t => SipListenPoint.TryParse(t, out SipListenPoint? sip, out _)
                     && sip.Protocol != SipListenProtocol.Udp && sip.EndPoint.Equals(http.EndPoint)))
            errors.Add($"Http:Listen: \"{options.Http.Listen}\" is a TCP point of Sip:Listen too");
    }

    private static void CheckStore(StoreOptions store, ObjectStoreOptions objects, List<string> errors)
    {
        if (store.Provider == StoreProvider.Postgresql && store.ConnectionString.Length == 0)
            errors.Add("Store:ConnectionString: is empty (Store:Provider = postgresql needs it: Host=...;Username=...;Database=...)");
        if (objects.Bucket.Length == 0)
            return;
        if (objects.Endpoint.Length > 0 && !(Uri.TryCreate(objects.Endpoint, UriKind.Absolute, out Uri? endpoint) && endpoint.Scheme is "http" or "https"))
            errors.Add($"ObjectStore:Endpoint: \"{objects.Endpoint}\" is no URL (as https://s3.example.com:9000)");
        if (objects.AccessKeyId.Length > 0 != objects.SecretAccessKey.Length > 0)
            errors.Add("ObjectStore:AccessKeyId and ObjectStore:SecretAccessKey go together: set both or neither");
    }

    private static void CheckTokens(TokenOptions tokens, List<string> errors)
    {
        if (tokens.Issuer.Length == 0)
            return;
        if (tokens.KeysPath.Length > 0 && !File.Exists(tokens.KeysPath))
            errors.Add($"Tokens:KeysPath: there is no file {tokens.KeysPath}");
        if (tokens.KeysPath.Length == 0 && !(Uri.TryCreate(tokens.Issuer, UriKind.Absolute, out Uri? issuer) && issuer.Scheme is "http" or "https"))
            errors.Add($"Tokens:Issuer: \"{tokens.Issuer}\" is no URL to fetch keys from (or give Tokens:KeysPath)");
    }

    private static void CheckCdr(CdrOptions cdr, List<string> errors)
    {
        foreach (string name in cdr.Headers)
        {
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || "-.!%*_+`'~".Contains(c, StringComparison.Ordinal)))
                errors.Add($"Cdr:Headers: \"{name}\" is no name of a header field");
            else if (name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase))
                errors.Add($"Cdr:Headers: {name} carries credentials, which belong into no record");
        }
    }

    private static void CheckAddress(string path, string address, List<string> errors)
    {
        if (address.Length > 0 && !HostPort.IsHost(address))
            errors.Add($"{path}: \"{address}\" is neither an IP address nor a host name");
    }

    private static void CheckDistinct<T>(string path, IReadOnlyList<T> names, List<string> errors)
    {
        foreach (IGrouping<T, T> twice in names.GroupBy(n => n).Where(g => g.Count() > 1))
            errors.Add($"{path}: {Setting.Describe(twice.Key)} stands twice");
    }
}
