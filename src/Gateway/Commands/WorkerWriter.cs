using System.Text.Json;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Commands;

/// <summary>Writes <see cref="WorkerMessage"/> lines, progress only when it has moved.</summary>
internal sealed class WorkerWriter(TextWriter output)
{
    private int _percent = -1;

    /// <summary>Tells how far the work is.</summary>
    public void Progress(int percent, string step)
    {
        if (percent == _percent)
            return;
        _percent = percent;
        Write(new WorkerMessage { Percent = percent, Step = step });
    }

    /// <summary>Writes a line.</summary>
    public void Write(WorkerMessage message)
    {
        output.WriteLine(JsonSerializer.Serialize(message, StoreJson.Options));
        output.Flush();
    }
}
