using System.Buffers;

namespace Avatar2D.Sip.Messages;

/// <summary>Forward-only reader of one unfolded header value. Every method moves forward or leaves the place, so loops end.</summary>
internal ref struct SipScanner(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>True when nothing is left.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>The next character, or NUL at the end.</summary>
    public readonly char Current => _rest.IsEmpty ? '\0' : _rest[0];

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<char> Rest => _rest;

    /// <summary>Skips spaces and tabs.</summary>
    public void SkipSpace()
    {
        while (!_rest.IsEmpty && _rest[0] is ' ' or '\t')
        {
            _rest = _rest[1..];
        }
    }

    /// <summary>Skips spaces and says whether nothing is left.</summary>
    public bool SkipToEnd()
    {
        SkipSpace();
        return _rest.IsEmpty;
    }

    /// <summary>Takes one character if it stands here.</summary>
    public bool TryTake(char wanted)
    {
        if (_rest.IsEmpty || _rest[0] != wanted)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>Takes a separator with optional white space on both sides; leaves the place if it is not there.</summary>
    public bool TryTakeSeparator(char wanted)
    {
        ReadOnlySpan<char> before = _rest;
        SkipSpace();
        if (TryTake(wanted))
        {
            SkipSpace();
            return true;
        }

        _rest = before;
        return false;
    }

    /// <summary>Takes the longest run of allowed characters, perhaps none.</summary>
    public ReadOnlySpan<char> TakeAll(SearchValues<char> allowed)
    {
        int end = _rest.IndexOfAnyExcept(allowed);
        return Take(end < 0 ? _rest.Length : end);
    }

    /// <summary>Takes up to the first of the given characters or the end.</summary>
    public ReadOnlySpan<char> TakeUntil(SearchValues<char> stops)
    {
        int end = _rest.IndexOfAny(stops);
        return Take(end < 0 ? _rest.Length : end);
    }

    /// <summary>Takes a token; false and no move when none stands here.</summary>
    public bool TryTakeToken(out ReadOnlySpan<char> token)
    {
        token = TakeAll(SipChars.Token);
        return !token.IsEmpty;
    }

    /// <summary>Takes a quoted string with its quotes; false and no move when unbalanced or absent.</summary>
    public bool TryTakeQuoted(out ReadOnlySpan<char> quoted)
    {
        quoted = default;
        if (Current != '"')
        {
            return false;
        }

        int at = 1;
        while (at < _rest.Length)
        {
            int step = _rest[at..].IndexOfAny('"', '\\');
            if (step < 0)
            {
                return false;
            }

            at += step;
            if (_rest[at] == '"')
            {
                quoted = Take(at + 1);
                return true;
            }

            at += 2;
        }

        return false;
    }

    /// <summary>Skips a comment, which may nest, and the space after it. False when it does not end; true when none stands here.</summary>
    public bool TrySkipComment()
    {
        if (Current != '(')
        {
            return true;
        }

        int depth = 0;
        for (int at = 0; at < _rest.Length; at++)
        {
            switch (_rest[at])
            {
                case '\\':
                    at++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    _rest = _rest[(at + 1)..];
                    SkipSpace();
                    return true;
            }
        }

        return false;
    }

    /// <summary>Takes a given number of characters that are known to be there.</summary>
    public ReadOnlySpan<char> Take(int count)
    {
        ReadOnlySpan<char> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
