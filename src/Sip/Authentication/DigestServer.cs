using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Authentication;

/// <summary>
/// Checks who calls: RFC 3261 §22, RFC 7616, RFC 8760. Nonces carry their time and are signed, so that unused ones cost no memory;
/// of used ones the highest count is kept, so that no credentials are taken twice. Any thread.
/// </summary>
internal sealed class DigestServer
{
    // Nonces in use at one time; more means an attack, and the oldest clients are asked again.
    private const int MaxNonces = 16_384;
    private const int SignatureBytes = 16;
    private const int PlainBytes = 16; // 8 of the time, 8 random ones

    private readonly DigestServerOptions _options;
    private readonly TimeProvider _time;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly long _start;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (uint Count, long At)> _used = new(StringComparer.Ordinal);
    private readonly DigestAlgorithm[] _algorithms;

    /// <summary>Makes a server; its nonces die with it.</summary>
    public DigestServer(DigestServerOptions options, TimeProvider time)
    {
        (_options, _time, _start) = (options, time, time.GetTimestamp());

        // The strongest first (RFC 8760 §2.3); what no user has a hash for is not asked.
        _algorithms = [.. options.Users.Values.SelectMany(user => user.Keys).Distinct().OrderDescending()];
    }

    /// <summary>Checks a request. The user is set only when the verdict is good.</summary>
    public DigestVerdict Check(SipRequest request, out string? user)
    {
        user = null;
        foreach (var line in request.Headers.Values(SipHeaderNames.Authorization))
        {
            if (DigestHeader.TryParse(line, out var credentials) && credentials.IsDigest
                && credentials.Parameters["realm"] == _options.Realm)
            {
                return Check(request, credentials, out user);
            }
        }

        return DigestVerdict.Missing;
    }

    /// <summary>The challenges, one for each hash, all with one nonce.</summary>
    public IEnumerable<SipHeader> Challenge(bool stale)
    {
        var nonce = NewNonce();
        foreach (var algorithm in _algorithms)
        {
            var header = new DigestHeader("Digest", SipParameters.Empty)
                .WithQuoted("realm", _options.Realm).WithQuoted("nonce", nonce).WithQuoted("qop", "auth")
                .WithToken("algorithm", Digest.NameOf(algorithm));
            yield return new(SipHeaderNames.WwwAuthenticate, (stale ? header.WithToken("stale", "true") : header).ToString());
        }
    }

    private DigestVerdict Check(SipRequest request, DigestHeader credentials, out string? user)
    {
        user = null;
        var p = credentials.Parameters;
        if (p["username"] is not { } name || p["nonce"] is not { } nonce || p["uri"] is not { } uri || p["response"] is not { } response
            || p["qop"] is not "auth" || p["nc"] is not { Length: 8 } nc || p["cnonce"] is not { } clientNonce
            || !uint.TryParse(nc, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count)
            || !Digest.TryParse(p["algorithm"], out var algorithm)
            || !_options.Users.TryGetValue(name, out var secrets) || !secrets.TryGetValue(algorithm, out var secret))
        {
            return DigestVerdict.Wrong;
        }

        // The uri is hashed as the client wrote it and not compared with the Request-URI, as RFC 7616 §3.4.6 would: proxies rewrite
        // that one, and SIPp names the host alone. Against replay the counts stand.
        var wanted = Digest.Response(algorithm, secret, request.Method, uri, nonce, "auth", nc, clientNonce);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(wanted), Encoding.UTF8.GetBytes(response.ToLowerInvariant())))
        {
            return DigestVerdict.Wrong;
        }

        if (!IsFresh(nonce) || !TryUse(nonce, count))
        {
            return DigestVerdict.Stale;
        }

        user = name;
        return DigestVerdict.Good;
    }

    private string NewNonce()
    {
        Span<byte> bytes = stackalloc byte[PlainBytes + SignatureBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (long)_time.GetElapsedTime(_start).TotalMilliseconds);
        RandomNumberGenerator.Fill(bytes[8..PlainBytes]);
        Sign(bytes[..PlainBytes], bytes[PlainBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    private bool IsFresh(string nonce)
    {
        Span<byte> bytes = stackalloc byte[PlainBytes + SignatureBytes];
        Span<byte> signature = stackalloc byte[SignatureBytes];
        if (!Base64Url.IsValid(nonce, out var length) || length != bytes.Length || !Base64Url.TryDecodeFromChars(nonce, bytes, out _))
        {
            return false;
        }

        Sign(bytes[..PlainBytes], signature);
        var age = _time.GetElapsedTime(_start) - TimeSpan.FromMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes));
        return CryptographicOperations.FixedTimeEquals(signature, bytes[PlainBytes..]) && age <= _options.NonceLifetime;
    }

    private void Sign(ReadOnlySpan<byte> plain, Span<byte> signature)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, plain, full);
        full[..SignatureBytes].CopyTo(signature);
    }

    // Each count of a nonce once, and only upwards (RFC 7616 §3.4.3).
    private bool TryUse(string nonce, uint count)
    {
        lock (_gate)
        {
            if (_used.TryGetValue(nonce, out var last) && count <= last.Count)
            {
                return false;
            }

            if (_used.Count >= MaxNonces)
            {
                ForgetNeedsLock();
            }

            _used[nonce] = (count, _time.GetTimestamp());
            return true;
        }
    }

    private void ForgetNeedsLock()
    {
        foreach (var nonce in _used.Where(used => _time.GetElapsedTime(used.Value.At) > _options.NonceLifetime).Select(used => used.Key).ToList())
        {
            _used.Remove(nonce);
        }

        if (_used.Count >= MaxNonces)
        {
            // All are young. Without their counts they could be replayed: they must be no good any more.
            RandomNumberGenerator.Fill(_key);
            _used.Clear();
        }
    }
}
