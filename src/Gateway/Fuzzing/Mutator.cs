namespace Avatar2D.Gateway.Fuzzing;

/// <summary>
/// Damages good inputs. The input of a number follows from seed and number alone, so that a run can begin anywhere and any input
/// can be made again. One thread.
/// </summary>
internal sealed class Mutator(FuzzTarget target, int seed)
{
    private const int MaxBytes = 65_536;
    private static readonly byte[] Odd = [0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF];

    private readonly List<byte> _bytes = [];

    /// <summary>The input of a number.</summary>
    public byte[] Make(long number)
    {
        // Neighbours must not resemble each other: the number is spread over all bits (SplitMix64's finalizer).
        ulong mixed = ((ulong)(uint)seed << 32) ^ (ulong)number;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        var random = new Random((int)(mixed ^ (mixed >> 31)));
        _bytes.Clear();
        _bytes.AddRange(Pick(target.Corpus, random));
        for (int damages = random.Next(1, 7); damages > 0; damages--)
            Damage(random);
        return [.. _bytes.Take(MaxBytes)];
    }

    private static T Pick<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];

    private void Damage(Random random)
    {
        int at = random.Next(_bytes.Count + 1);
        int count = Math.Min(random.Next(1, 40), _bytes.Count - at);
        switch (random.Next(target.Words.Count == 0 ? 9 : 12))
        {
            case 0 when at < _bytes.Count:
                _bytes[at] = (byte)random.Next(256);
                break;
            case 1 when at < _bytes.Count:
                _bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2 when at < _bytes.Count:
                _bytes[at] = Pick(Odd, random);
                break;
            case 3:
                _bytes.RemoveRange(at, count);
                break;
            case 4:
                _bytes.InsertRange(at, _bytes.GetRange(at, count));
                break;
            case 5:
                _bytes.RemoveRange(at, _bytes.Count - at);
                break;
            case 6:
                byte[] other = Pick(target.Corpus, random);
                int from = random.Next(other.Length + 1);
                _bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, random.Next(1, 80))));
                break;
            case 7:
                for (int i = random.Next(1, 9); i > 0; i--)
                    _bytes.Insert(at, (byte)random.Next(256));
                break;
            case 8 when count >= 2: // Two bytes of a length, or a count, at their ends.
                (_bytes[at], _bytes[at + 1]) = (Pick(Odd, random), Pick(Odd, random));
                break;
            case > 8:
                _bytes.InsertRange(at, Pick(target.Words, random));
                break;
        }
    }
}
