namespace Avatar2D.Gateway.Diagnostics;

/// <summary>Where finished CDR lines go: the file, or a test's double.</summary>
internal interface ICdrSink
{
    /// <summary>Appends all of it or nothing.</summary>
    /// <param name="lines">UTF-8, each line ending in a line feed.</param>
    /// <exception cref="IOException">Nothing was kept; the caller may try again.</exception>
    void Append(ReadOnlySpan<byte> lines);

    /// <summary>Removes the records of calls that ended before a time, once the oldest is a day older than that.</summary>
    /// <returns>How many went.</returns>
    /// <exception cref="IOException">None went.</exception>
    int Expire(DateTimeOffset before);
}
