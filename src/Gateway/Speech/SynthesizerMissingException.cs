namespace Avatar2D.Gateway.Speech;

/// <summary>There is no speech synthesizer on this machine; the message says what to install.</summary>
internal sealed class SynthesizerMissingException(string message) : Exception(message);
