using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Avatar2D.Codecs;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Sip.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Commands;

/// <summary>What the verbs with a test phone share: their options and how they are read.</summary>
internal static class PhoneOptions
{
    private const int MaxSeconds = 24 * 3600;

    /// <summary><c>--codec pcmu|pcma|opus|g722|amr|amrwb</c>.</summary>
    public static Option<string> Codec() => Choice("--codec", "Audio codec", "pcmu", "pcma", "opus", "g722", "amr", "amrwb");

    /// <summary>An option that takes one of a few words; the first is the default.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => words[0],
        };
        option.Validators.Add(result =>
        {
            string value = result.Tokens.Count > 0 ? result.Tokens[0].Value : words[0];
            if (!words.Contains(value))
                result.AddError($"{name} is one of {string.Join(", ", words)}, not '{value}'");
        });
        return option;
    }

    /// <summary>The codec of a word that <see cref="Codec"/> has let pass.</summary>
    public static AudioCodecChoice CodecOf(string word) => Enum.Parse<AudioCodecChoice>(word, ignoreCase: true);

    /// <summary>Whom to call.</summary>
    /// <exception cref="UsageException">It is no SIP URI.</exception>
    public static SipUri TargetOf(string text)
    {
        if (!SipUri.TryParse(text, out SipUri? uri) || !uri.IsSip || string.IsNullOrEmpty(uri.Host))
            throw new UsageException($"'{text}' is no SIP address; write sip:USER@HOST:PORT");
        return uri;
    }

    /// <summary>Who calls; null when nobody was given.</summary>
    /// <exception cref="UsageException">It is neither a SIP URI nor a tel URI.</exception>
    public static SipUri? IdentityOf(string option, string? text) => text is null ? null
        : SipUri.TryParse(text, out SipUri? uri) && (uri.IsSip || uri.IsTel) ? uri
        : throw new UsageException($"{option} is sip:USER@HOST or tel:+NUMBER, not '{text}'");

    /// <summary>A length of time; null when none was given.</summary>
    /// <exception cref="UsageException">It is no number, or none that makes sense.</exception>
    public static TimeSpan? SecondsOf(string? text)
    {
        if (text is null)
            return null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            || !(seconds > 0 && seconds <= MaxSeconds)) // Not a number is neither.
        {
            throw new UsageException($"--seconds is a number above 0 and up to {MaxSeconds}, not '{text}'");
        }

        return TimeSpan.FromSeconds(seconds);
    }

    /// <summary>A whole number.</summary>
    /// <exception cref="UsageException">It is none, or out of range.</exception>
    public static int WholeNumber(string option, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number : throw new UsageException($"{option} is a whole number from {least} to {most}, not '{text}'");

    /// <summary>A picture size.</summary>
    /// <exception cref="UsageException">It is none that can be encoded.</exception>
    public static (int Width, int Height) SizeOf(string text)
    {
        string[] sides = text.Split('x');
        if (sides.Length == 2
            && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width is >= 64 and <= 1920 && width % 2 == 0
            && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height) && height is >= 64 and <= 1920 && height % 2 == 0)
        {
            return (width, height);
        }

        throw new UsageException($"--size is WIDTHxHEIGHT, even numbers from 64 to 1920, not '{text}'");
    }

    /// <summary>Calls; what cannot even begin is a usage error with its reason.</summary>
    public static async Task<CallReport> CallAsync(TestPhoneOptions options, SipUri target, CancellationToken cancellationToken)
    {
        try
        {
            await using var phone = new TestPhone(options, TimeProvider.System, NullLoggerFactory.Instance);
            return await phone.CallAsync(target, cancellationToken);
        }
        catch (Exception exception) when (exception is CodecException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(exception.Message);
        }
        catch (SocketException exception)
        {
            throw new UsageException($"cannot call {target}: {exception.Message}");
        }
    }
}
