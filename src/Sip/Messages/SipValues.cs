namespace Avatar2D.Sip.Messages;

/// <summary>Splits a header value at its top-level commas, outside quotes and angle brackets: RFC 3261 §7.3.1.</summary>
internal ref struct SipValues(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;
    private bool _done;

    /// <summary>The value that <see cref="MoveNext"/> found, trimmed; empty between two commas.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>This splitter, for <c>foreach</c>.</summary>
    public readonly SipValues GetEnumerator() => this;

    /// <summary>Goes to the next value; an empty text has one empty value.</summary>
    public bool MoveNext()
    {
        if (_done)
        {
            return false;
        }

        int end = NextComma(_rest);
        if (end < 0)
        {
            _done = true;
            Current = _rest.Trim(" \t");
            return true;
        }

        Current = _rest[..end].Trim(" \t");
        _rest = _rest[(end + 1)..];
        return true;
    }

    private static int NextComma(ReadOnlySpan<char> text)
    {
        int at = 0;
        bool quoted = false;
        bool bracket = false;
        while (true)
        {
            int step = text[at..].IndexOfAny("\"\\,<>");
            if (step < 0)
            {
                return -1;
            }

            at += step;
            switch (text[at])
            {
                case '\\' when quoted:
                    at++;
                    break;
                case '"' when !bracket:
                    quoted = !quoted;
                    break;
                case '<' when !quoted:
                    bracket = true;
                    break;
                case '>' when !quoted:
                    bracket = false;
                    break;
                case ',' when !quoted && !bracket:
                    return at;
            }

            at++;
            if (at >= text.Length)
            {
                return -1;
            }
        }
    }
}
