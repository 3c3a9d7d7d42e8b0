using Avatar2D.Media;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>A phone of a third party that gives away the pictures that it has decoded.</summary>
internal interface IPicturePhone : IAsyncDisposable
{
    /// <summary>For messages.</summary>
    string Name { get; }

    /// <summary>What the phone wrote, for the message of a failed test.</summary>
    string Report { get; }

    /// <summary>Calls and waits until the call stands.</summary>
    Task DialAsync(string uri);

    /// <summary>The next picture that the phone decodes.</summary>
    Task<I420Frame> SnapshotAsync();

    /// <summary>Hangs up.</summary>
    Task HangUpAsync();
}
