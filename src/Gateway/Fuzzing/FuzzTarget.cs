namespace Avatar2D.Gateway.Fuzzing;

/// <summary>Runs one input through a parser and everything that reads its outcome; true when the parser took it. Must not throw.</summary>
/// <param name="input">Damaged bytes; may be changed in place.</param>
internal delegate bool FuzzCheck(Span<byte> input);

/// <summary>One parser under test.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Corpus">Good inputs, which are damaged.</param>
/// <param name="Words">Pieces that are put into inputs; empty for binary formats.</param>
/// <param name="Open">Makes a check with state of its own.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Corpus, IReadOnlyList<byte[]> Words, Func<FuzzCheck> Open);
