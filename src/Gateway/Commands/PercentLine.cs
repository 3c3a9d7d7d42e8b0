using System.Globalization;

namespace Avatar2D.Gateway.Commands;

/// <summary>Progress of one piece of work: a line for each tenth that is done.</summary>
internal sealed class PercentLine(TextWriter writer, string what)
{
    private int _tenth;

    /// <summary>Takes the part that is done, 0..1; it does not run back.</summary>
    public void Show(double done)
    {
        int tenth = (int)Math.Floor((done * 10) + 1e-6);
        if (tenth <= _tenth)
            return;
        _tenth = tenth;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}{10 * tenth,3} %"));
    }
}
