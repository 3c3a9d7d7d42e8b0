using System.CommandLine;

namespace Avatar2D.Gateway.Commands;

/// <summary>One verb of the command line.</summary>
internal interface IVerb
{
    /// <summary>Makes the command with its options and action.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where progress and errors go.</param>
    Command Describe(TextWriter output, TextWriter error);
}
