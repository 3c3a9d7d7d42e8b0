using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using AvatarKind = Avatar2D.Gateway.Subscribers.AvatarKind;
using PackageKind = Avatar2D.AvatarEngine.Avatars.AvatarKind;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>register-source</c>, hidden: makes an avatar package of an upload. People have the verb register.</summary>
internal sealed class RegisterSourceVerb() : SourceVerb(WorkerRegistrar.Verb)
{
    /// <inheritdoc/>
    protected override RegistrationOutcome Work(SourceOrder order, EngineOptions engine, Func<IFaceReader> faces, WorkerWriter writer)
    {
        var folder = new AvatarFolder(Path.GetDirectoryName(order.Output)!); // A folder of its job, never the root.
        using var models = new FaceEngine(engine, NullLogger.Instance);
        var registrar = new AvatarRegistrar(folder, faces, () => models.NetworksFor(null), TimeProvider.System);
        (AvatarPackage? package, IReadOnlyList<SourceFinding> findings) = registrar.Register(
            order.Name, order.Kind == AvatarKind.Photo ? PackageKind.Photo : PackageKind.Video, order.Source,
            done => writer.Progress(20 + (int)(79 * done), "looks at the face"), CancellationToken.None);
        return new RegistrationOutcome([.. SourceVerdicts.Of(findings, order.Kind, package is not null)], package is not null);
    }
}
