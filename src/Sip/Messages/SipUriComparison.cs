namespace Avatar2D.Sip.Messages;

/// <summary>Equivalence of URIs: RFC 3261 §19.1.4, RFC 3966 §4.</summary>
internal static class SipUriComparison
{
    private static readonly string[] MustMatch = ["user", "ttl", "method", "maddr", "transport"];

    /// <summary>True when both name the same resource.</summary>
    public static bool AreEquivalent(SipUri left, SipUri right)
    {
        if (left.Scheme != right.Scheme)
        {
            return false;
        }

        if (left.IsTel)
        {
            return AreSameNumber(left, right);
        }

        if (!left.IsSip)
        {
            return left.Opaque == right.Opaque;
        }

        return left.User == right.User
            && left.Password == right.Password
            && HostSyntax.Same(left.Host, right.Host)
            && left.Port == right.Port
            && HaveSameParameters(left.Parameters, right.Parameters)
            && AreSamePairs(left.Headers, right.Headers);
    }

    private static bool HaveSameParameters(SipParameters left, SipParameters right)
    {
        // user, ttl, method, maddr and transport must be in both or in none; others only count when in both.
        foreach (string name in MustMatch)
        {
            if (left.Contains(name) != right.Contains(name))
            {
                return false;
            }
        }

        return left.All(item => !right.Contains(item.Name) || SameText(item.Value is null ? null : left[item.Name], right[item.Name]));
    }

    private static bool AreSamePairs(SipParameters left, SipParameters right) =>
        left.Count == right.Count && left.All(item => right.Contains(item.Name) && left[item.Name] == right[item.Name]);

    private static bool AreSameNumber(SipUri left, SipUri right) =>
        SameText(left.PhoneNumber, right.PhoneNumber)
        && left.Parameters.Count == right.Parameters.Count
        && left.Parameters.All(item => right.Parameters.Contains(item.Name) && SameTelValue(item.Name, left.Parameters, right.Parameters));

    private static bool SameTelValue(string name, SipParameters left, SipParameters right)
    {
        // Numbers in parameters compare without visual separators, domain names and others without case.
        string? one = left[name];
        string? other = right[name];
        return SameText(TelSyntax.Number(one) ?? one, TelSyntax.Number(other) ?? other);
    }

    private static bool SameText(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
