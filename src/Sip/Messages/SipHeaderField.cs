namespace Avatar2D.Sip.Messages;

/// <summary>What is known of a header: its name, whether it is a comma-separated list, and how its values are checked.</summary>
public abstract class SipHeaderField
{
    private protected SipHeaderField(string name, bool isList)
    {
        Name = name;
        IsList = isList;
    }

    /// <summary>Name in the RFC's spelling.</summary>
    public string Name { get; }

    /// <summary>True when one line may hold several values, or several lines one each.</summary>
    public bool IsList { get; }

    /// <summary>True when every value of a raw line is well-formed.</summary>
    public abstract bool IsValid(ReadOnlySpan<char> raw);
}
