using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.Gateway.Speech;

/// <summary>What a spoken recording says and exactly when each phone is heard: the JSON file beside a WAV of the same name.</summary>
/// <param name="Text">The words.</param>
/// <param name="Voice">Voice of the synthesizer.</param>
/// <param name="Phones">Every phone in order, silences too; seconds from the recording's start.</param>
internal sealed record PhoneTable(string Text, string Voice, IReadOnlyList<TimedPhone> Phones)
{
    /// <summary>The phones as timelines take them.</summary>
    [JsonIgnore]
    public IReadOnlyList<PhoneSpan> Spans => [.. Phones.Select(p => new PhoneSpan(p.Phone, TimeSpan.FromSeconds(p.Start), TimeSpan.FromSeconds(p.End)))];

    /// <summary>True for the silences and breaths of any synthesizer.</summary>
    public static bool IsSilence(string phone) => phone.ToUpperInvariant() is "" or "SIL" or "PAU" or "H#" or "BRTH" or "SP";

    /// <summary>The file of phones that belongs to a recording.</summary>
    public static string PathFor(string wavPath) => Path.ChangeExtension(wavPath, ".json");

    /// <summary>Makes a table; times are kept to a tenth of a millisecond.</summary>
    public static PhoneTable Of(string text, string voice, IReadOnlyList<PhoneSpan> phones) => new(
        text, voice, [.. phones.Select(p => new TimedPhone(p.Phone, Math.Round(p.Start.TotalSeconds, 4), Math.Round(p.End.TotalSeconds, 4)))]);

    /// <summary>Reads a table.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no table of phones.</exception>
    public static PhoneTable Read(string path)
    {
        try
        {
            PhoneTable? table = JsonSerializer.Deserialize(File.ReadAllBytes(path), PhoneJson.Default.PhoneTable);
            if (table?.Phones is not { Count: > 0 } phones)
                throw new InvalidDataException($"{path} holds no phones.");
            double last = 0;
            foreach (TimedPhone phone in phones)
            {
                if (phone?.Phone is null || !(phone.Start >= last - 1e-3 && phone.End >= phone.Start))
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path}: the phones after {last:0.###} s are out of order."));
                last = phone.End;
            }

            return table;
        }
        catch (JsonException bad)
        {
            throw new InvalidDataException($"{path} is no table of phones: {bad.Message}", bad);
        }
    }

    /// <summary>Writes the table; an existing file is replaced.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, PhoneJson.Default.PhoneTable) + "\n");
}

/// <summary>JSON of tables of phones: camelCase names, which are a contract.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PhoneTable))]
internal sealed partial class PhoneJson : JsonSerializerContext;
