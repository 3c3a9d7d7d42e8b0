using System.CommandLine;
using System.Net.Sockets;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>serve</c>: the gateway, until SIGTERM or Ctrl+C; then it drains.</summary>
internal sealed class ServeVerb : IVerb
{
    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        Option<string?> config = Settings.ConfigOption();
        var command = new Command(
            "serve", "Runs the gateway. --listen udp:HOST:PORT --listen tcp:HOST:PORT --http HOST:PORT --default-avatar NAME, and any setting.")
        {
            config,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(Settings.Load(parsed, config), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        NeededLibraries.Require(options);
        await using WebApplication app = await BuildAsync(options, cancellationToken);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            throw new UsageException($"a port cannot be opened: {exception.Message} (Sip:Listen, Http:Listen; run the verb doctor)");
        }
        catch (InvalidDataException exception) // The files of a setting have something else in them.
        {
            throw new UsageException(exception.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Success; // SIGTERM while the avatar was still being drawn.
        }

        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Success;
    }

    private static async Task<WebApplication> BuildAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await WebHost.BuildAsync(options, cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (exception is StoreException or ObjectStoreException or InvalidDataException)
        {
            throw new UsageException(exception.Message);
        }
    }
}
