using System.Buffers;
using System.Security.Cryptography;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers.Uploads;

/// <summary>
/// Uploads, written straight to the disk and resumable at any byte. What the database calls received is on the disk; bytes after
/// it, left by a power cut, are cut off. When all are there, the file becomes the source of an avatar in one transaction with
/// its job.
/// </summary>
internal sealed class UploadService(StoreDatabase database, StoreFiles files, GatewayOptions options, TimeProvider time)
{
    private static readonly TimeSpan TransferTime = TimeSpan.FromHours(6);
    private const int BufferBytes = 128 * 1024;

    /// <summary>Announces an upload.</summary>
    /// <param name="subscriberId">Whose.</param>
    /// <param name="draft">Name and size.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="replaces">An avatar of the subscriber that is made anew of it, under the same id; null: a new avatar.</param>
    /// <exception cref="ProblemException">Too large, no quota, no room on the disk, no such subscriber.</exception>
    public async Task<Upload> BeginAsync(string subscriberId, UploadDraft draft, Actor actor, CancellationToken cancellationToken, string? replaces = null)
    {
        if (draft.SizeBytes <= 0)
            throw Problems.UploadEmpty.With("An upload has at least one byte.");
        if (draft.SizeBytes > options.Api.MaxUploadBytes)
            throw Problems.UploadTooLarge.With($"{draft.SizeBytes} bytes are more than the {options.Api.MaxUploadBytes} that are taken (Api:MaxUploadMegabytes).");
        if (draft.Sha256 is { } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
            throw Problems.InvalidValue.With("sha256 must be 64 hexadecimal digits.");
        AvatarService.CheckName(draft.Name);
        if (files.FreeBytes - draft.SizeBytes < options.Store.MinFreeMegabytes * 1_000_000L)
            throw Problems.DiskFull.With("There is no room for this upload. The operator has to make room in Store:Folder.");
        DateTimeOffset now = time.GetUtcNow();
        var upload = new Upload
        {
            Id = Ids.New("up", now),
            SubscriberId = subscriberId,
            AvatarId = replaces ?? Ids.New("av", now),
            Name = draft.Name.Trim(),
            SizeBytes = draft.SizeBytes,
            Sha256 = draft.Sha256?.ToLowerInvariant(),
            ExpiresAt = now.AddHours(options.Api.UploadExpiryHours),
            CreatedAt = now,
        };
        await database.WriteAsync(
            async db =>
            {
                if (await SubscriberService.FindAsync(db, subscriberId) is null)
                    throw SubscriberService.Missing(subscriberId);
                if (replaces is null)
                    await AvatarService.RequireQuotaAsync(db, subscriberId, options.Api.MaxAvatarsPerSubscriber);
                await db.ExecuteAsync(
                    "INSERT INTO uploads (id, subscriber_id, avatar_id, name, size_bytes, received_bytes, sha256, expires_at, created_at) "
                    + "VALUES (@Id, @SubscriberId, @AvatarId, @Name, @SizeBytes, @ReceivedBytes, @Sha256, @ExpiresAt, @CreatedAt)",
                    upload);
                await db.AuditAsync(now, actor, "upload.begin", subscriberId, upload.Id);
            },
            cancellationToken);
        return upload;
    }

    /// <summary>An upload under way.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<Upload> GetAsync(string id, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => db.FirstAsync<Upload>("SELECT * FROM uploads WHERE id = @Id", new { Id = id }), cancellationToken)
        ?? throw Problems.NotFound.With($"There is no upload {id}; it may be complete, or have expired.");

    /// <summary>Takes the next bytes. What had come when the connection broke is kept.</summary>
    /// <param name="id">Which upload.</param>
    /// <param name="offset">Place of the first byte; must be what has been received.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="actor">Who sends.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    /// <exception cref="ProblemException">The range does not fit, the file is of no known type, the disk is full.</exception>
    public async Task<UploadResult> AppendAsync(string id, long offset, Stream body, Actor actor, CancellationToken cancellationToken)
    {
        Upload upload = await GetAsync(id, cancellationToken);
        if (upload.ReceivedBytes == upload.SizeBytes && !File.Exists(files.Upload(id)))
        {
            (SubscriberAvatar made, string job) = await CompleteAsync(upload, null, actor); // Cut off between its last byte and its row.
            return new UploadResult(upload, made, job);
        }

        await using FileStream file = OpenAlone(files.Upload(id));
        upload = await GetAsync(id, cancellationToken); // Once more, now that nobody else writes.
        if (offset != upload.ReceivedBytes)
            throw Problems.UploadRange.With($"The next byte wanted is {upload.ReceivedBytes}, not {offset}.");
        file.SetLength(upload.ReceivedBytes);
        file.Position = upload.ReceivedBytes;
        try
        {
            await CopyAsync(body, file, upload.SizeBytes, cancellationToken);
        }
        finally
        {
            file.Flush(flushToDisk: true);
            upload = await NoteReceivedAsync(upload, file.Position);
        }

        if (upload.ReceivedBytes < upload.SizeBytes)
            return new UploadResult(upload, null, null);
        (SubscriberAvatar avatar, string jobId) = await CompleteAsync(upload, file, actor);
        return new UploadResult(upload, avatar, jobId);
    }

    /// <summary>Throws an upload away.</summary>
    public async Task AbandonAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        Upload upload = await GetAsync(id, cancellationToken);
        await DropAsync(upload, actor, "upload.abandon");
    }

    /// <summary>Finishes uploads that a crash has cut off after their last byte, throws expired ones and strays away.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Upload> all = await database.ReadAsync(db => db.ListAsync<Upload>("SELECT * FROM uploads"), cancellationToken);
        foreach (Upload upload in all)
        {
            if (upload.ExpiresAt <= time.GetUtcNow())
            {
                await DropAsync(upload, Actor.Gateway, "upload.expire");
                continue;
            }

            bool isHere = File.Exists(files.Upload(upload.Id)), stands = File.Exists(files.PathOf(StoreKind.Sources, upload.AvatarId));
            if (upload.ReceivedBytes < upload.SizeBytes || (!isHere && !stands))
                continue; // The second: another node's.
            try
            {
                await using FileStream? file = isHere ? OpenAlone(files.Upload(upload.Id)) : null;
                await CompleteAsync(upload, file, Actor.Gateway);
            }
            catch (ProblemException)
            {
                // Being completed at this moment, or refused: then it is gone already.
            }
        }

        await EraseStraysAsync(cancellationToken);
    }

    // The files first, then the rows: a file that comes in between has its row by then.
    private async Task EraseStraysAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> uploads = files.Uploads, works = files.Works;
        StoreKind[] kinds = [StoreKind.Sources, StoreKind.Packages, StoreKind.Models];
        var there = new List<(StoreKind Kind, string Id)>();
        foreach (StoreKind kind in kinds)
            there.AddRange((await files.IdsAsync(kind, cancellationToken)).Select(id => (kind, id)));
        (HashSet<string> known, HashSet<string> open, HashSet<string> owned) = await database.ReadAsync(
            async db => ((await db.ListAsync<string>("SELECT id FROM uploads")).ToHashSet(),
                (await db.ListAsync<string>("SELECT id FROM jobs WHERE state IN ('Queued', 'Running')")).ToHashSet(),
                (await db.ListAsync<string>("SELECT id FROM avatars UNION SELECT avatar_id FROM uploads UNION SELECT id FROM models")).ToHashSet()),
            cancellationToken);
        foreach (string stray in uploads.Where(id => !known.Contains(id)))
            StoreFiles.Erase(files.Upload(stray));
        foreach (string stray in works.Where(name => name.StartsWith("job_", StringComparison.Ordinal) ? !open.Contains(name) : IsOld(files.WorkPath(name))))
            StoreFiles.Erase(files.WorkPath(stray));
        foreach ((StoreKind kind, string stray) in there.Where(item => !owned.Contains(item.Id)))
            await files.EraseAsync(kind, stray, cancellationToken);
    }

    // Part of a transfer that a crash has cut off.
    private bool IsOld(string path) => time.GetUtcNow() - File.GetLastWriteTimeUtc(path) > TransferTime;

    private static FileStream OpenAlone(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.Asynchronous);
        }
        catch (IOException exception) when (!StoreFiles.IsDiskFull(exception))
        {
            throw Problems.WrongState.With("Another request is sending this upload at the moment.");
        }
    }

    private static async Task CopyAsync(Stream body, FileStream file, long size, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (true)
            {
                int read = await body.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                    return;
                if (file.Position + read > size)
                    throw Problems.UploadTooLarge.With($"More bytes came than the {size} that were announced.");
                await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<Upload> NoteReceivedAsync(Upload upload, long received)
    {
        Upload after = upload with { ReceivedBytes = received, ExpiresAt = time.GetUtcNow().AddHours(options.Api.UploadExpiryHours) };
        await database.WriteAsync(
            db => db.ExecuteAsync("UPDATE uploads SET received_bytes = @ReceivedBytes, expires_at = @ExpiresAt WHERE id = @Id", after), CancellationToken.None);
        return after;
    }

    /// <summary>Each step may be the last before a power cut, and is done again then without harm.</summary>
    /// <param name="upload">All bytes are there.</param>
    /// <param name="file">Its file; null when it stands at its place already.</param>
    /// <param name="actor">Who.</param>
    private async Task<(SubscriberAvatar Avatar, string JobId)> CompleteAsync(Upload upload, FileStream? file, Actor actor)
    {
        await using FileStream bytes = file ?? File.OpenRead(files.PathOf(StoreKind.Sources, upload.AvatarId));
        bytes.Position = 0;
        byte[] head = new byte[SourceType.HeadBytes];
        int length = await bytes.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false);
        if (SourceType.Sniff(head.AsSpan(0, length), out string refusal) is not { } type)
        {
            await DropAsync(upload, actor, "upload.refuse");
            throw Problems.UploadTypeUnknown.With(refusal);
        }

        bytes.Position = 0;
        string sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes));
        if (upload.Sha256 is { } announced && announced != sha256)
        {
            await DropAsync(upload, actor, "upload.refuse");
            throw Problems.UploadChecksum.With($"The bytes that came have the SHA-256 {sha256}. Send the file again.");
        }

        await files.PublishAsync(file is null ? null : files.Upload(upload.Id), StoreKind.Sources, upload.AvatarId, bytes, CancellationToken.None);
        DateTimeOffset now = time.GetUtcNow();
        var avatar = new SubscriberAvatar
        {
            Id = upload.AvatarId,
            SubscriberId = upload.SubscriberId,
            Name = upload.Name,
            Kind = type.Kind,
            State = AvatarState.Processing,
            SourceType = type.MediaType,
            SourceBytes = upload.SizeBytes,
            SourceSha256 = sha256,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        string jobId = await database.WriteAsync(
            async db =>
            {
                if (await db.ExecuteAsync("DELETE FROM uploads WHERE id = @Id", upload) == 0)
                    throw Problems.NotFound.With("The subscriber was deleted meanwhile.");
                await db.ExecuteAsync("DELETE FROM avatars WHERE id = @Id", avatar); // One that it replaces, with its consents: they were to another film.
                await AvatarService.InsertAsync(db, avatar);
                await db.AuditAsync(now, actor, "avatar.upload", avatar.SubscriberId, avatar.Id, $"{type.MediaType}, {upload.SizeBytes} bytes");
                return await JobQueue.EnqueueAsync(db, JobKind.Register, avatar, now);
            },
            CancellationToken.None);
        return (avatar, jobId);
    }

    private async Task DropAsync(Upload upload, Actor actor, string action)
    {
        await database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync("DELETE FROM uploads WHERE id = @Id", upload);
                await db.AuditAsync(time.GetUtcNow(), actor, action, upload.SubscriberId, upload.Id);
            },
            CancellationToken.None);
        StoreFiles.Erase(files.Upload(upload.Id));
        if (await database.ReadAsync(db => db.ScalarAsync<long>("SELECT COUNT(*) FROM avatars WHERE id = @AvatarId", upload), CancellationToken.None) == 0)
            await files.EraseAsync(StoreKind.Sources, upload.AvatarId, CancellationToken.None); // Else it is that of the avatar which was to be replaced.
    }
}
