namespace Avatar2D.Architecture.Tests;

/// <summary>Inside a leaf, imports go one way.</summary>
public sealed class ImportDirectionTests
{
    private const string Rule = "Inside a project imports go one way:";

    private static readonly Dictionary<string, Dictionary<string, string[]>> Drawing = new()
    {
        // Messages <- Parsing <- Transports <- Transactions <- Dialogs <- Sessions <- UserAgent
        ["Sip"] = new()
        {
            ["Messages"] = [],
            ["Parsing"] = ["Messages"],
            ["Diagnostics"] = ["Messages"],
            ["Transports"] = ["Parsing", "Diagnostics"],
            ["Authentication"] = ["Parsing", "Diagnostics"],
            ["Transactions"] = ["Transports", "Diagnostics"],
            ["Dialogs"] = ["Transactions"],
            ["Sessions"] = ["Dialogs", "Authentication"],
            ["Resolving"] = ["Transports"],
            ["UserAgent"] = ["Sessions", "Resolving"],
        },

        // Packets <- {Rtcp, Payloads, Receiving, Srtp} <- Sessions; Sdp alone
        ["Rtp"] = new()
        {
            ["Diagnostics"] = [],
            ["Sdp"] = [],
            ["Packets"] = ["Diagnostics"],
            ["Rtcp"] = ["Packets"],
            ["Payloads"] = ["Packets"],
            ["Receiving"] = ["Packets"],
            ["Srtp"] = ["Packets"],
            ["Stun"] = ["Packets"],
            ["Dtls"] = ["Srtp"],
            ["Sessions"] = ["Rtcp", "Payloads", "Receiving", "Srtp", "Dtls", "Stun"],
        },

        // LibAv <- Video <- Files <- Images; Audio <- Files
        ["Codecs"] = new()
        {
            ["Diagnostics"] = [],
            ["LibAv"] = ["Diagnostics"],
            ["Audio"] = ["Diagnostics"],
            ["Video"] = ["LibAv"],
            ["Files"] = ["Audio", "Video"],
            ["Images"] = ["Files"],
        },

        // Models <- Avatars <- {Faces, Inference} <- {Registration, Driving <- Datasets, Rendering} <- Staging; Gallery <- Heads <- Datasets
        ["AvatarEngine"] = new()
        {
            ["Diagnostics"] = [],
            ["Models"] = ["Diagnostics"],
            ["Avatars"] = ["Models"],
            ["Gallery"] = ["Avatars"],
            ["Sources"] = [],
            ["Faces"] = ["Models", "Avatars"],
            ["Inference"] = ["Models", "Avatars"],
            ["Registration"] = ["Faces", "Inference", "Gallery", "Sources"],
            ["Heads"] = ["Gallery"],
            ["Datasets"] = ["Faces", "Inference", "Gallery", "Heads", "Driving", "Sources"],
            ["Driving"] = ["Faces", "Inference"],
            ["Rendering"] = ["Faces", "Inference"],
            ["Staging"] = ["Registration", "Datasets", "Driving", "Rendering"],
        },
    };

    [Theory]
    [InlineData("Sip")]
    [InlineData("Rtp")]
    [InlineData("Codecs")]
    [InlineData("AvatarEngine")]
    public void Imports_InsideALeaf_GoOneWay(string project) =>
        Repository.AssertNone(new ImportDirection(project, Drawing[project]).Violations(Repository.Texts($"src/{project}", ".cs")), Rule);

    [Fact]
    public void Options_OfTheGateway_UseNoOtherPartOfIt()
    {
        IEnumerable<string> findings =
            from file in Repository.Texts("src/Gateway/Options", ".cs")
            from line in file.Text.Split('\n')
            where line.StartsWith("using Avatar2D.Gateway.", StringComparison.Ordinal)
            select $"{file.Path}: {line}";
        Repository.AssertNone(findings, Rule);
    }

    [Theory]
    [InlineData("namespace Avatar2D.Sip.Messages;\nusing Avatar2D.Sip.Dialogs;", "Messages uses Dialogs")]
    [InlineData("namespace Avatar2D.Sip.Messages;\nvar x = global::Avatar2D.Sip.Parsing.Reader.Empty;", "Messages uses Parsing")]
    [InlineData("using D = Avatar2D.Sip.UserAgent;\nnamespace Avatar2D.Sip.Dialogs;", "Dialogs uses UserAgent")]
    [InlineData("using static Avatar2D.Sip.UserAgent.X;\nnamespace Avatar2D.Sip.Dialogs.Inner;", "Dialogs uses UserAgent")]
    [InlineData("namespace Avatar2D.Sip.Odds;", "Odds is no part")]
    [InlineData("namespace Avatar2D.Rtp.Packets;", "is not one of Avatar2D.Sip")]
    public void Violations_OfAWrongImport_AreFound(string code, string part) =>
        Assert.Contains(part, Assert.Single(new ImportDirection("Sip", Drawing["Sip"]).Violations([("x.cs", code)])), StringComparison.Ordinal);

    [Theory]
    [InlineData("using Avatar2D.Sip.Messages;\nnamespace Avatar2D.Sip.UserAgent;")]
    [InlineData("// using Avatar2D.Sip.UserAgent;\nnamespace Avatar2D.Sip.Messages;")]
    [InlineData("using Avatar2D.Media;\nnamespace Avatar2D.Sip;")]
    public void Violations_OfARightImport_AreNone(string code) =>
        Assert.Empty(new ImportDirection("Sip", Drawing["Sip"]).Violations([("x.cs", code)]));
}
