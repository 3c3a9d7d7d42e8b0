namespace Avatar2D.Sip.Tests.Torture;

/// <summary>What the parser does with a torture message.</summary>
public enum TortureOutcome
{
    Request,
    Response,
    Rejected,
}
