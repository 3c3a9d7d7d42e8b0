namespace Avatar2D.Gateway.Datasets;

/// <summary>There is no speech synthesizer on this machine; the message says what to install.</summary>
internal sealed class SynthesizerMissingException(string message) : Exception(message);
