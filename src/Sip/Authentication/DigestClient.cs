using System.Globalization;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Authentication;

/// <summary>Answers the challenges of servers and proxies: RFC 3261 §22, RFC 7616, RFC 8760. Any thread.</summary>
internal sealed class DigestClient(IReadOnlyList<SipCredentials> credentials, Func<string> clientNonce)
{
    /// <summary>
    /// The headers that answer a 401 or 407; null when a realm is not ours, the hash is not spoken, or the same nonce was answered
    /// before in vain. Of several challenges of one realm the first that is spoken counts: the server put its favourite first
    /// (RFC 8760 §2.3).
    /// </summary>
    public IReadOnlyList<SipHeader>? Answer(SipRequest request, SipResponse response)
    {
        var (field, name) = response.StatusCode == 407
            ? (SipHeaderNames.ProxyAuthenticate, SipHeaderNames.ProxyAuthorization)
            : (SipHeaderNames.WwwAuthenticate, SipHeaderNames.Authorization);
        var answers = new Dictionary<string, SipHeader>(StringComparer.Ordinal);
        foreach (var line in response.Headers.Values(field))
        {
            if (!DigestHeader.TryParse(line, out var challenge) || !challenge.IsDigest
                || challenge.Parameters["realm"] is not { } realm || answers.ContainsKey(realm))
            {
                continue;
            }

            if (AnswerTo(challenge, realm, request, name) is { } answer)
            {
                answers[realm] = new(name, answer.ToString());
            }
        }

        return answers.Count == 0 ? null : [.. answers.Values];
    }

    private DigestHeader? AnswerTo(DigestHeader challenge, string realm, SipRequest request, string name)
    {
        if (!Digest.TryParse(challenge.Parameters["algorithm"], out var algorithm) || challenge.Parameters["nonce"] is not { } nonce
            || credentials.FirstOrDefault(c => c.Realm is null || c.Realm == realm) is not { } own
            || WasAnswered(request, name, realm, challenge, nonce))
        {
            return null;
        }

        var offered = challenge.Parameters["qop"];
        var qop = offered?.Split(',', StringSplitOptions.TrimEntries).Contains("auth", StringComparer.OrdinalIgnoreCase) == true ? "auth" : null;
        if (offered is not null && qop is null)
        {
            return null; // auth-int alone
        }

        const int First = 1; // each nonce is used once: a new request begins without credentials
        var count = First.ToString("x8", CultureInfo.InvariantCulture);
        var own2 = clientNonce();
        var uri = request.RequestUri.ToString();
        var secret = Digest.Secret(algorithm, own.User, realm, own.Password);
        var header = new DigestHeader("Digest", SipParameters.Empty)
            .WithQuoted("username", own.User).WithQuoted("realm", realm).WithQuoted("nonce", nonce).WithQuoted("uri", uri)
            .WithQuoted("response", Digest.Response(algorithm, secret, request.Method, uri, nonce, qop, count, own2))
            .WithToken("algorithm", challenge.Parameters["algorithm"] ?? Digest.NameOf(algorithm));
        if (challenge.Parameters["opaque"] is { } opaque)
        {
            header = header.WithQuoted("opaque", opaque);
        }

        return qop is null ? header : header.WithToken("qop", qop).WithToken("nc", count).WithQuoted("cnonce", own2);
    }

    // The same question after an answer means a wrong password, unless the server only calls the nonce stale (§3.3).
    private static bool WasAnswered(SipRequest request, string name, string realm, DigestHeader challenge, string nonce)
    {
        var isStale = challenge.Parameters["stale"]?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;
        foreach (var line in request.Headers.Values(name))
        {
            if (DigestHeader.TryParse(line, out var sent) && sent.Parameters["realm"] == realm
                && (!isStale || sent.Parameters["nonce"] == nonce))
            {
                return true;
            }
        }

        return false;
    }
}
